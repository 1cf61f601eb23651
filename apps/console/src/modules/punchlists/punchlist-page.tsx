import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { textLinkLook } from '../../ui/text-link-look.ts';
import { ValueBadge } from '../../ui/value-badge.tsx';
import { ItemCard } from './item-card.tsx';
import type { AskedOfItem } from './item-offers.ts';

const ItemDialog = lazy(async () => ({ default: (await import('./item-dialog.tsx')).ItemDialog }));

/** The defects that one decision raised, each with its own loop: mended, validated, closed. */
export function PunchlistPage({ punchlistId }: { readonly punchlistId: string }) {
  const t = useTranslations('punchlists');
  const { trpc, workspace } = useWorkspace();
  const { data: list } = useSuspenseQuery(trpc.punchlists.get.queryOptions({ punchlistId }));
  const [asked, setAsked] = useState<AskedOfItem | null>(null);
  const { workflowId, submissionId, submissionNumber } = list;
  const { code: workspaceCode } = workspace;
  return (
    <>
      <PageHeader
        title={list.title}
        about={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <ValueBadge set="PunchlistStatus" value={list.status} />
            <span>{t('closedOf', { closed: list.closedItemCount, count: list.itemCount })}</span>
            <span>{list.siteCode}</span>
            {submissionId !== null && (
              <Link
                to="/w/$workspaceCode/submissions/$submissionId"
                params={{ workspaceCode, submissionId }}
                className={textLinkLook}
              >
                {submissionNumber}
              </Link>
            )}
            <Link
              to="/w/$workspaceCode/workflows/$workflowId"
              params={{ workspaceCode, workflowId }}
              className={textLinkLook}
            >
              {t('raisedAt', { stage: list.stageNumber, seat: list.roleCode })}
            </Link>
          </span>
        }
      />
      <ul className="flex flex-col gap-4">
        {list.items.map((item) => (
          <ItemCard key={item.id} item={item} listStatus={list.status} onAsk={setAsked} />
        ))}
      </ul>
      {asked !== null && (
        <Suspense>
          <ItemDialog {...asked} onClose={() => setAsked(null)} />
        </Suspense>
      )}
    </>
  );
}

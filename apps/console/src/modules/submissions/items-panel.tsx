import type { SubmissionDetails } from '@apms/validators';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { valuesOf } from '../../messages/values-of.ts';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Panel } from '../../ui/panel.tsx';
import { ValueBadge } from '../../ui/value-badge.tsx';

/** How many defects of all its reviews are in which state, each with the way to them. */
export function ItemsPanel({ submission }: { readonly submission: SubmissionDetails }) {
  const t = useTranslations('submissions');
  const { workspace } = useWorkspace();
  const { punchlistItems, id: submissionId } = submission;
  const total = Object.values(punchlistItems).reduce((sum, count) => sum + count, 0);
  return (
    <Panel title={t('items')}>
      {total === 0 ? (
        <p className="text-quiet">{t('noItems')}</p>
      ) : (
        <ul className="flex flex-col">
          {valuesOf('PunchlistItemStatus').map((status) => (
            <li key={status}>
              <Link
                to="/w/$workspaceCode/punchlists"
                params={{ workspaceCode: workspace.code }}
                search={{ submissionId, status }}
                className="flex min-h-9 items-center gap-3 rounded px-1 hover:bg-raised"
              >
                <span className="w-8 text-right font-semibold tabular-nums">{punchlistItems[status]}</span>
                <ValueBadge set="PunchlistItemStatus" value={status} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

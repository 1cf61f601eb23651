import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { textLinkLook } from '../../ui/text-link-look.ts';

export interface RowsFromPlaceProps {
  readonly configVersionId: string;
  readonly sheet: string;
  readonly row: number;
}

const LIMIT = 50;

/** What a version holds of one row of its workbook, with the ways to it. */
export function RowsFromPlace({ configVersionId, sheet, row }: RowsFromPlaceProps) {
  const t = useTranslations('configFindings.dialog');
  const tCommon = useTranslations('common');
  const { workspace, trpc } = useWorkspace();
  const place = { sourceSheet: sheet, sourceRow: row };
  const input = { configVersionId, ...place, limit: LIMIT };
  const clusters = useQuery(trpc.configVersions.rows.queryOptions({ ...input, kind: 'clusters' }));
  const approvers = useQuery(trpc.configVersions.rows.queryOptions({ ...input, kind: 'approvers' }));
  const params = { workspaceCode: workspace.code, configVersionId };
  const wayTo = (kind: 'clusters' | 'approvers', text: string): ReactNode => (
    <Link
      to="/w/$workspaceCode/configuration/$configVersionId"
      params={params}
      search={{ tab: 'rows', kind, ...place }}
      className={textLinkLook}
    >
      {text}
    </Link>
  );
  const error = clusters.error ?? approvers.error;
  const count = approvers.data?.items.length ?? 0;
  const named = clusters.data?.items.flatMap((one) => (one.kind === 'clusters' ? [one] : [])) ?? [];
  return (
    <section>
      <h3 className="font-semibold">{t('rows')}</h3>
      {error !== null && <ErrorNote error={error} />}
      {(clusters.isPending || approvers.isPending) && <p role="status">{tCommon('loading')}</p>}
      <ul className="flex flex-col">
        {named.map(({ id, clusterCode, scopeCode }) => (
          <li key={id}>{wayTo('clusters', t('cluster', { cluster: clusterCode, scope: scopeCode }))}</li>
        ))}
        {count > 0 && (
          <li>
            {wayTo(
              'approvers',
              approvers.data?.nextCursor === null ? t('approvers', { count }) : t('approversMore', { count }),
            )}
          </li>
        )}
      </ul>
      {clusters.isSuccess && approvers.isSuccess && named.length + count === 0 && (
        <p className="text-quiet">{t('noRows')}</p>
      )}
    </section>
  );
}

import { useNavigate } from '@tanstack/react-router';
import { Rocket } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { usePagedRows } from '../../ui/paged-rows.ts';
import { useDuration } from '../../ui/use-duration.ts';
import { deploymentColumns } from './deployment-columns.tsx';
import { type DeploymentFilters, deploymentsQuery } from './deployments-query.ts';

export interface DeploymentListProps {
  readonly target: string;
  readonly outcome: DeploymentFilters['outcome'];
}

/** What was deployed to a target, as far as its reports can be read. */
export function DeploymentList({ target, outcome }: DeploymentListProps) {
  const t = useTranslations('deployments');
  const tCommon = useTranslations('common');
  const api = useWorkspace();
  const navigate = useNavigate();
  const duration = useDuration();
  const read = usePagedRows(deploymentsQuery(api, target));
  const columns = useMemo(() => deploymentColumns(t, duration), [t, duration]);
  const unreadable = read.pages.reduce((sum, page) => sum + page.unreadable, 0);
  const items = useMemo(
    () => (outcome === undefined ? read.items : read.items.filter((run) => run.outcome === outcome)),
    [read.items, outcome],
  );
  // A page may be empty before the last one, and what is wanted may lie far back: the list goes on until it has something.
  const { loadMore } = read;
  const isEmpty = items.length === 0;
  useEffect(() => {
    if (isEmpty) loadMore?.();
  }, [isEmpty, loadMore]);
  const isFiltered = outcome !== undefined && read.items.length > 0;
  return (
    <>
      {unreadable > 0 && (
        <p role="status" className="mb-4 rounded-md bg-warn-soft p-3 text-sm">
          {t('unreadable', { count: unreadable })}
        </p>
      )}
      {isEmpty && read.error !== null && (
        <ErrorNote error={read.error}>
          <Button look="ghost" onClick={read.retry}>
            {tCommon('retry')}
          </Button>
        </ErrorNote>
      )}
      {isEmpty && read.error === null && read.hasMore && <p role="status">{t('empty.reading')}</p>}
      {isEmpty && !read.hasMore && (
        <EmptyState
          icon={Rocket}
          title={isFiltered ? t('empty.filteredTitle') : t('empty.targetTitle', { target })}
          text={isFiltered ? t('empty.filteredText', { target }) : t('empty.targetText')}
        />
      )}
      {!isEmpty && (
        <DataTable
          label={t('label', { target })}
          columns={columns}
          rows={{ ...read, items }}
          idOf={({ id }) => id}
          onOpen={({ id }) =>
            void navigate({
              to: '/w/$workspaceCode/deployments/$target/$deploymentId',
              params: { workspaceCode: api.workspace.code, target, deploymentId: id },
            })
          }
        />
      )}
    </>
  );
}

import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { noFilters } from '../../ui/no-filters.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { usePagedRows } from '../../ui/paged-rows.ts';
import { auditEventColumns } from './audit-event-columns.tsx';
import { AuditEventFilterBar } from './audit-event-filter-bar.tsx';
import { type AuditEventFilters, auditEventsQuery } from './audit-events-query.ts';

const AuditEventDialog = lazy(async () => ({
  default: (await import('./audit-event-dialog.tsx')).AuditEventDialog,
}));

/** What of the page is in its address. */
export interface AuditEventsSearch extends AuditEventFilters {
  /** The event that is looked at. */
  readonly event?: string | undefined;
}

export interface AuditEventsPageProps {
  readonly search: AuditEventsSearch;
  /** Told what changes. */
  readonly onSearch: (changed: AuditEventsSearch) => void;
}

/** Who did what in the workspace. */
export function AuditEventsPage({ search, onSearch }: AuditEventsPageProps) {
  const { event, ...filters } = search;
  const t = useTranslations('auditEvents');
  const rows = usePagedRows(useSuspenseInfiniteQuery(auditEventsQuery(useWorkspace(), filters)));
  const columns = useMemo(() => auditEventColumns(t), [t]);
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  return (
    <>
      <PageHeader title={t('title')} about={t('about')} />
      <AuditEventFilterBar filters={filters} onFilter={onSearch} />
      {rows.items.length > 0 ? (
        <DataTable
          label={t('title')}
          columns={columns}
          rows={rows}
          idOf={idOf}
          onOpen={({ id }) => onSearch({ event: id })}
        />
      ) : (
        <EmptyState
          icon={<ScrollText aria-hidden className="size-8" />}
          title={t(isFiltered ? 'empty.filteredTitle' : 'empty.title')}
          text={t(isFiltered ? 'empty.filteredText' : 'empty.text')}
        />
      )}
      {event !== undefined && (
        <Suspense>
          <AuditEventDialog
            eventId={event}
            onClose={() => onSearch({ event: undefined })}
            onFilter={(wanted) => onSearch({ ...noFilters(search), ...wanted })}
          />
        </Suspense>
      )}
    </>
  );
}

const idOf = ({ id }: { readonly id: string }) => id;

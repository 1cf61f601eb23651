import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { usePagedRows } from '../../ui/paged-rows.ts';
import { auditEventColumns } from './audit-event-columns.tsx';
import { AuditEventFilterBar } from './audit-event-filter-bar.tsx';
import { type AuditEventFilters, auditEventsQuery } from './audit-events-query.ts';

const AuditEventDialog = lazy(async () => ({
  default: (await import('./audit-event-dialog.tsx')).AuditEventDialog,
}));

export interface AuditEventsPageProps {
  readonly filters: AuditEventFilters;
  readonly onFilter: (filters: AuditEventFilters) => void;
  /** The event that is looked at. */
  readonly eventId: string | undefined;
  readonly onOpen: (eventId: string | undefined) => void;
}

/** Who did what in the workspace. */
export function AuditEventsPage({ filters, onFilter, eventId, onOpen }: AuditEventsPageProps) {
  const t = useTranslations('auditEvents');
  const rows = usePagedRows(useSuspenseInfiniteQuery(auditEventsQuery(useWorkspace(), filters)));
  const columns = useMemo(() => auditEventColumns(t), [t]);
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  return (
    <>
      <PageHeader title={t('title')} about={t('about')} />
      <AuditEventFilterBar filters={filters} onFilter={onFilter} />
      {rows.items.length > 0 ? (
        <DataTable
          label={t('title')}
          columns={columns}
          rows={rows}
          idOf={idOf}
          onOpen={({ id }) => onOpen(id)}
        />
      ) : (
        <EmptyState
          icon={<ScrollText aria-hidden className="size-8" />}
          title={t(isFiltered ? 'empty.filteredTitle' : 'empty.title')}
          text={t(isFiltered ? 'empty.filteredText' : 'empty.text')}
        />
      )}
      {eventId !== undefined && (
        <Suspense>
          <AuditEventDialog eventId={eventId} onClose={() => onOpen(undefined)} onFilter={onFilter} />
        </Suspense>
      )}
    </>
  );
}

const idOf = ({ id }: { readonly id: string }) => id;

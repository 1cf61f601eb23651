import { ScrollText } from 'lucide-react';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { List } from '../../ui/list.tsx';
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
  const rows = usePagedRows(auditEventsQuery(useWorkspace(), filters));
  const columns = useMemo(() => auditEventColumns(t), [t]);
  return (
    <>
      <PageHeader title={t('title')} about={t('about')} />
      <AuditEventFilterBar filters={filters} onFilter={onSearch} />
      <List
        label={t('title')}
        columns={columns}
        rows={rows}
        onOpen={({ id }) => onSearch({ event: id })}
        filters={filters}
        empty={{ icon: ScrollText, title: t('empty.title'), text: t('empty.text') }}
      />
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

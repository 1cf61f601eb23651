import type { IntegrityAudit } from '@apms/validators';
import { lazy, Suspense, useMemo } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Drawing } from '../../ui/drawing.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { List } from '../../ui/list.tsx';
import { usePagedRows } from '../../ui/paged-rows.ts';
import { SelectFilter } from '../../ui/select-filter.tsx';
import { Time } from '../../ui/time.tsx';
import { useDuration } from '../../ui/use-duration.ts';
import { useValueOptions, useValueText } from '../../ui/use-value-text.ts';
import { auditColumns } from './audit-columns.tsx';
import { type AuditFilters, auditsQuery } from './audits-query.ts';

// The chart library comes with the first chart.
const DurationsChart = lazy(async () => ({
  default: (await import('./durations-chart.tsx')).DurationsChart,
}));

/** More points would be one smear. */
const DRAWN = 200;

export interface AuditHistoryProps {
  readonly filters: AuditFilters;
  readonly onFilter: (changed: AuditFilters) => void;
  readonly onOpen: (audit: IntegrityAudit) => void;
}

/** Every audit that is kept: found, opened, and how long each took. */
export function AuditHistory({ filters, onFilter, onOpen }: AuditHistoryProps) {
  const t = useTranslations('integrity.history');
  const formatter = useFormatter();
  const valueText = useValueText();
  const duration = useDuration();
  const rows = usePagedRows(auditsQuery(useWorkspace(), filters));
  const columns = useMemo(
    () => auditColumns({ t, formatter, valueText, duration }),
    [t, formatter, valueText, duration],
  );
  const drawn = rows.items.slice(0, DRAWN);
  return (
    <section aria-labelledby="audit-history">
      <h2 id="audit-history" className="mb-3 text-lg font-semibold">
        {t('title')}
      </h2>
      <FilterBar filters={filters} onFilter={onFilter}>
        <SelectFilter
          label={t('filters.origin')}
          value={filters.origin}
          options={useValueOptions('IntegrityOrigin')}
          onSelect={(origin) => onFilter({ origin })}
        />
        <SelectFilter
          label={t('filters.health')}
          value={filters.health}
          options={useValueOptions('IntegrityHealth')}
          onSelect={(health) => onFilter({ health })}
        />
      </FilterBar>
      {drawn.length > 1 && (
        <div className="mb-4 rounded-lg border border-line bg-surface p-4">
          <Drawing
            caption={t('durations')}
            columns={[{ head: t('columns.when') }, { head: t('columns.duration'), align: 'right' }]}
            rows={drawn.map(({ id, startedAt, durationMs }) => ({
              id,
              cells: [<Time key="when" value={startedAt} />, duration(durationMs)],
            }))}
          >
            <Suspense fallback={<div className="h-48 animate-pulse rounded-md bg-raised" />}>
              <DurationsChart audits={drawn} />
            </Suspense>
          </Drawing>
        </div>
      )}
      <List label={t('label')} columns={columns} rows={rows} onOpen={onOpen} filters={filters} />
    </section>
  );
}

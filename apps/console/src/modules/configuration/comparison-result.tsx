import { Equal } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { List } from '../../ui/list.tsx';
import { usePagedRows } from '../../ui/paged-rows.ts';
import { Panel } from '../../ui/panel.tsx';
import { SelectFilter } from '../../ui/select-filter.tsx';
import { useValueOptions, useValueText } from '../../ui/use-value-text.ts';
import { type ComparedVersions, comparisonQuery, type DifferenceFilters } from './comparison-query.ts';
import { ComparisonSummary } from './comparison-summary.tsx';
import { differenceColumns } from './difference-columns.tsx';
import { useRowText } from './use-row-text.ts';

export interface ComparisonResultProps {
  readonly versions: ComparedVersions;
  readonly filters: DifferenceFilters;
  readonly onFilter: (changed: DifferenceFilters) => void;
}

/** What is different in two versions: the figures, and row by row. */
export function ComparisonResult({ versions, filters, onFilter }: ComparisonResultProps) {
  const t = useTranslations('configComparison');
  const api = useWorkspace();
  const text = useRowText();
  const valueText = useValueText();
  const rows = usePagedRows(comparisonQuery(api, versions, filters));
  // The texts do not change while the page is shown.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const columns = useMemo(() => differenceColumns({ t, text, valueText }), [t]);
  const { summary = [] } = rows.pages[0] ?? {};
  const { kind, change } = filters;
  const kinds = useValueOptions('ConfigRowKind');
  const changes = useValueOptions('ConfigChange');
  if (summary.every(({ added, removed, changed }) => added + removed + changed === 0)) {
    return <EmptyState icon={Equal} title={t('alike.title')} text={t('alike.text')} />;
  }
  return (
    <>
      <div className="mb-5">
        <Panel title={t('summary')}>
          <ComparisonSummary summary={summary} onFilter={onFilter} />
        </Panel>
      </div>
      <FilterBar filters={filters} onFilter={onFilter}>
        <SelectFilter
          label={t('filters.kind')}
          value={kind}
          options={kinds}
          onSelect={(chosen) => onFilter({ kind: chosen })}
        />
        <SelectFilter
          label={t('filters.change')}
          value={change}
          options={changes}
          onSelect={(chosen) => onFilter({ change: chosen })}
        />
      </FilterBar>
      <List label={t('label')} columns={columns} rows={rows} filters={filters} />
    </>
  );
}

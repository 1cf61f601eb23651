import type { ConfigFindingCounts, ConfigVersionDetails } from '@apms/validators';
import { useSuspenseQuery } from '@tanstack/react-query';
import { CircleCheckBig } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { List } from '../../ui/list.tsx';
import { usePagedRows } from '../../ui/paged-rows.ts';
import { SelectFilter } from '../../ui/select-filter.tsx';
import { useValueOptions } from '../../ui/use-value-text.ts';
import { ExportFindingsButton } from './export-findings-button.tsx';
import { findingCodes } from './finding-codes.ts';
import { findingColumns, type NumberedFinding } from './finding-columns.tsx';
import { type FindingFilters, findingsQuery } from './findings-query.ts';

const FindingDialog = lazy(async () => ({ default: (await import('./finding-dialog.tsx')).FindingDialog }));

export interface FindingsTabProps {
  readonly version: ConfigVersionDetails;
  readonly filters: FindingFilters;
  readonly onFilter: (changed: FindingFilters) => void;
}

/** What is wrong or odd in a version, to be narrowed down, looked at and taken along. */
export function FindingsTab({ version, filters, onFilter }: FindingsTabProps) {
  const t = useTranslations('configFindings');
  const api = useWorkspace();
  const paged = usePagedRows(findingsQuery(api, version.id, filters));
  const { data: counts } = useSuspenseQuery(
    api.trpc.configVersions.findingCounts.queryOptions({ configVersionId: version.id }),
  );
  const { items } = paged;
  const numbered = useMemo(() => items.map((finding, index) => ({ ...finding, id: String(index) })), [items]);
  const columns = useMemo(() => findingColumns(t), [t]);
  const [opened, setOpened] = useState<NumberedFinding | null>(null);
  const { severity, sheet, code } = filters;
  const counted = useCounted(counts);
  return (
    <>
      <FilterBar filters={filters} onFilter={onFilter}>
        <SelectFilter
          label={t('filters.severity')}
          value={severity}
          options={useValueOptions('FindingSeverity')}
          onSelect={(chosen) => onFilter({ severity: chosen })}
        />
        <SelectFilter
          label={t('filters.sheet')}
          value={sheet}
          options={counted('sheet', sheet)}
          onSelect={(chosen) => onFilter({ sheet: chosen })}
        />
        <SelectFilter
          label={t('filters.code')}
          value={code}
          options={counted('code', code)}
          onSelect={(chosen) => onFilter({ code: findingCodes.find((one) => one === chosen) })}
        />
        <ExportFindingsButton version={version} filters={filters} total={totalOf(counts, filters)} />
      </FilterBar>
      <List
        label={t('label')}
        columns={columns}
        rows={{ ...paged, items: numbered }}
        onOpen={setOpened}
        filters={filters}
        empty={{ icon: CircleCheckBig, title: t('empty.title'), text: t('empty.text') }}
      />
      {opened !== null && (
        <Suspense>
          <FindingDialog configVersionId={version.id} finding={opened} onClose={() => setOpened(null)} />
        </Suspense>
      )}
    </>
  );
}

/** What occurs in the version as choices of a filter; what is chosen is always among them. */
function useCounted({ groups }: ConfigFindingCounts) {
  const t = useTranslations('configFindings');
  return (field: 'sheet' | 'code', chosen: string | undefined) => {
    const sums = new Map<string, number>(chosen === undefined ? [] : [[chosen, 0]]);
    for (const group of groups) {
      const value = group[field];
      if (value !== null) sums.set(value, (sums.get(value) ?? 0) + group.count);
    }
    return [...sums]
      .map(([value, count]) => ({ value, label: t('counted', { name: value, count }) }))
      .toSorted((a, b) => a.value.localeCompare(b.value));
  };
}

function totalOf({ groups }: ConfigFindingCounts, { severity, sheet, code }: FindingFilters): number {
  return groups
    .filter((group) => severity === undefined || group.severity === severity)
    .filter((group) => sheet === undefined || group.sheet === sheet)
    .filter((group) => code === undefined || group.code === code)
    .reduce((sum, { count }) => sum + count, 0);
}

import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ListChecks } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { CheckFilter } from '../../ui/check-filter.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { usePagedRows } from '../../ui/paged-rows.ts';
import { SelectFilter } from '../../ui/select-filter.tsx';
import { useValueOptions } from '../../ui/use-value-text.ts';
import { itemColumns } from './item-columns.tsx';
import { type ItemFilters, itemsQuery, shownStatus } from './items-query.ts';
import { StatusTabs } from './status-tabs.tsx';

export interface PunchlistsPageProps {
  readonly filters: ItemFilters;
  readonly onFilter: (changed: ItemFilters) => void;
}

/** The defects of all reviews, as a working list: what is to be mended, validated, closed. */
export function PunchlistsPage({ filters, onFilter }: PunchlistsPageProps) {
  const t = useTranslations('punchlists');
  const { workspace, ...api } = useWorkspace();
  const navigate = useNavigate();
  const rows = usePagedRows(useSuspenseInfiniteQuery(itemsQuery(api, filters)));
  const columns = useMemo(() => itemColumns(t, workspace.code), [t, workspace.code]);
  const status = shownStatus(filters);
  const { status: _, ...narrowing } = filters;
  const isFiltered = Object.values(narrowing).some((value) => value !== undefined);
  const isOfOne = filters.submissionId !== undefined || filters.workflowId !== undefined;
  return (
    <>
      <PageHeader title={t('title')} about={t(isOfOne ? 'aboutOne' : 'about')} />
      <FilterBar filters={narrowing} onFilter={onFilter}>
        <SelectFilter
          label={t('fields.severity')}
          value={filters.severity}
          options={useValueOptions('PunchlistItemSeverity')}
          onSelect={(severity) => onFilter({ severity })}
        />
        <CheckFilter
          label={t('filters.mine')}
          isChecked={filters.mine === true}
          onCheck={(mine) => onFilter({ mine })}
        />
      </FilterBar>
      <StatusTabs status={status} hasAll={isOfOne} onSelect={(chosen) => onFilter({ status: chosen })}>
        {rows.items.length > 0 ? (
          <DataTable
            label={t('items')}
            columns={columns}
            rows={rows}
            idOf={({ id }) => id}
            onOpen={({ id, punchlistId }) =>
              void navigate({
                to: '/w/$workspaceCode/punchlists/$punchlistId',
                params: { workspaceCode: workspace.code, punchlistId },
                hash: id,
              })
            }
          />
        ) : (
          <EmptyState
            icon={<ListChecks aria-hidden className="size-8" />}
            title={t(`empty.${status}.title`)}
            text={t(isFiltered ? 'empty.filtered' : `empty.${status}.text`)}
          />
        )}
      </StatusTabs>
    </>
  );
}

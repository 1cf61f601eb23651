import { useNavigate } from '@tanstack/react-router';
import { ListChecks } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { CheckFilter } from '../../ui/check-filter.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { List } from '../../ui/list.tsx';
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
  const rows = usePagedRows(itemsQuery(api, filters));
  const columns = useMemo(() => itemColumns(t, workspace.code), [t, workspace.code]);
  const status = shownStatus(filters);
  const { status: _, ...narrowing } = filters;
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
        <List
          label={t('items')}
          columns={columns}
          rows={rows}
          onOpen={({ id, punchlistId }) =>
            void navigate({
              to: '/w/$workspaceCode/punchlists/$punchlistId',
              params: { workspaceCode: workspace.code, punchlistId },
              hash: id,
            })
          }
          filters={{ severity: filters.severity, mine: filters.mine }}
          empty={{ icon: ListChecks, title: t(`empty.${status}.title`), text: t(`empty.${status}.text`) }}
        />
      </StatusTabs>
    </>
  );
}

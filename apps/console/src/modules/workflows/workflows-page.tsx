import { useNavigate } from '@tanstack/react-router';
import { GitBranch } from 'lucide-react';
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
import { CodeFilters } from '../submissions/code-filters.tsx';
import { workflowColumns } from './workflow-columns.tsx';
import { type WorkflowFilters, workflowsQuery } from './workflows-query.ts';

export interface WorkflowsPageProps {
  readonly filters: WorkflowFilters;
  readonly onFilter: (changed: WorkflowFilters) => void;
}

/** All reviews of the workspace, running and ended. */
export function WorkflowsPage({ filters, onFilter }: WorkflowsPageProps) {
  const t = useTranslations('workflows');
  const { me, workspace, ...api } = useWorkspace();
  const navigate = useNavigate();
  const rows = usePagedRows(workflowsQuery(api, filters));
  const columns = useMemo(() => workflowColumns(t, workspace.code), [t, workspace.code]);
  return (
    <>
      <PageHeader title={t('title')} about={t('about')} />
      <FilterBar filters={filters} onFilter={onFilter}>
        <SelectFilter
          label={t('fields.status')}
          value={filters.status}
          options={useValueOptions('WorkflowStatus')}
          onSelect={(status) => onFilter({ status })}
        />
        <CodeFilters scopeCode={filters.scopeCode} vendorCode={filters.vendorCode} onFilter={onFilter} />
        <CheckFilter
          label={t('filters.breached')}
          isChecked={filters.breached === true}
          onCheck={(breached) => onFilter({ breached })}
        />
        <CheckFilter
          label={t('filters.mine')}
          isChecked={filters.approverId === me.id}
          onCheck={(mine) => onFilter({ approverId: mine && me.id })}
        />
      </FilterBar>
      <List
        label={t('title')}
        columns={columns}
        rows={rows}
        onOpen={({ id }) =>
          void navigate({
            to: '/w/$workspaceCode/workflows/$workflowId',
            params: { workspaceCode: workspace.code, workflowId: id },
          })
        }
        filters={filters}
        empty={{ icon: GitBranch, title: t('empty.title'), text: t('empty.text') }}
      />
    </>
  );
}

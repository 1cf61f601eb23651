import { useNavigate } from '@tanstack/react-router';
import { FileStack, Plus } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { CheckFilter } from '../../ui/check-filter.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { List } from '../../ui/list.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { usePagedRows } from '../../ui/paged-rows.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { SelectFilter } from '../../ui/select-filter.tsx';
import { useValueOptions } from '../../ui/use-value-text.ts';
import { CodeFilters } from './code-filters.tsx';
import { submissionColumns } from './submission-columns.tsx';
import { type SubmissionFilters, submissionsQuery } from './submissions-query.ts';

// With its schemas, when it is first opened.
const NewSubmissionDialog = lazy(async () => ({
  default: (await import('./new-submission-dialog.tsx')).NewSubmissionDialog,
}));

export interface SubmissionsPageProps {
  readonly filters: SubmissionFilters;
  readonly onFilter: (changed: SubmissionFilters) => void;
}

/** All submissions of the workspace, and the way to a new one. */
export function SubmissionsPage({ filters, onFilter }: SubmissionsPageProps) {
  const t = useTranslations('submissions');
  const { can, workspace, ...api } = useWorkspace();
  const navigate = useNavigate();
  const rows = usePagedRows(submissionsQuery(api, filters));
  const columns = useMemo(() => submissionColumns(t, workspace.code), [t, workspace.code]);
  const [isAdding, setIsAdding] = useState(false);
  const add = can('submissions.write') && (
    <Button look="primary" icon={<Plus aria-hidden className="size-4" />} onClick={() => setIsAdding(true)}>
      {t('add')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} about={t('about')} actions={add} />
      <FilterBar filters={filters} onFilter={onFilter}>
        <SearchField
          label={t('filters.search')}
          value={filters.search}
          onSearch={(search) => onFilter({ search })}
        />
        <SelectFilter
          label={t('fields.status')}
          value={filters.status}
          options={useValueOptions('SubmissionStatus')}
          onSelect={(status) => onFilter({ status })}
        />
        <CodeFilters scopeCode={filters.scopeCode} vendorCode={filters.vendorCode} onFilter={onFilter} />
        <CheckFilter
          label={t('filters.mine')}
          isChecked={filters.mine === true}
          onCheck={(mine) => onFilter({ mine })}
        />
      </FilterBar>
      <List
        label={t('title')}
        columns={columns}
        rows={rows}
        onOpen={({ id }) =>
          void navigate({
            to: '/w/$workspaceCode/submissions/$submissionId',
            params: { workspaceCode: workspace.code, submissionId: id },
          })
        }
        filters={filters}
        empty={{ icon: FileStack, title: t('empty.title'), text: t('empty.text'), action: add }}
      />
      {isAdding && (
        <Suspense>
          <NewSubmissionDialog onClose={() => setIsAdding(false)} />
        </Suspense>
      )}
    </>
  );
}

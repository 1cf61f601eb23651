import { ArrowLeftRight, Plus } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { CheckFilter } from '../../ui/check-filter.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { List } from '../../ui/list.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { usePagedRows } from '../../ui/paged-rows.ts';
import { SelectFilter } from '../../ui/select-filter.tsx';
import { useValueOptions } from '../../ui/use-value-text.ts';
import { overrideColumns } from './override-columns.tsx';
import { type OverrideFilters, overridesQuery } from './overrides-query.ts';

// With its schemas, when it is first opened.
const OverrideDialog = lazy(async () => ({
  default: (await import('./override-dialog.tsx')).OverrideDialog,
}));
const JudgeDialog = lazy(async () => ({ default: (await import('./judge-dialog.tsx')).JudgeDialog }));

export interface OverridesPageProps {
  readonly filters: OverrideFilters;
  readonly onFilter: (changed: OverrideFilters) => void;
}

/** Who decides in whose place: asked for, judged and ended. */
export function OverridesPage({ filters, onFilter }: OverridesPageProps) {
  const t = useTranslations('overrides');
  const { can, ...api } = useWorkspace();
  const rows = usePagedRows(overridesQuery(api, filters));
  const columns = useMemo(() => overrideColumns(t), [t]);
  const [isAdding, setIsAdding] = useState(false);
  const { overrideId, ...narrowing } = filters;
  const add = can('overrides.request') && (
    <Button look="primary" icon={<Plus aria-hidden className="size-4" />} onClick={() => setIsAdding(true)}>
      {t('add')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} about={t('about')} actions={add} />
      <FilterBar filters={narrowing} onFilter={onFilter}>
        <SelectFilter
          label={t('fields.status')}
          value={filters.approvalStatus}
          options={useValueOptions('OverrideApprovalStatus')}
          onSelect={(approvalStatus) => onFilter({ approvalStatus })}
        />
        <SelectFilter
          label={t('fields.type')}
          value={filters.overrideType}
          options={useValueOptions('OverrideType')}
          onSelect={(overrideType) => onFilter({ overrideType })}
        />
        <CheckFilter
          label={t('filters.inForce')}
          isChecked={filters.inForce === true}
          onCheck={(inForce) => onFilter({ inForce })}
        />
      </FilterBar>
      <List
        label={t('title')}
        columns={columns}
        rows={rows}
        onOpen={({ id }) => onFilter({ overrideId: id })}
        filters={narrowing}
        empty={{ icon: ArrowLeftRight, title: t('empty.title'), text: t('empty.text'), action: add }}
      />
      <Suspense>
        {isAdding && <OverrideDialog stage={null} onClose={() => setIsAdding(false)} />}
        {overrideId !== undefined && (
          <JudgeDialog
            key={overrideId}
            overrideId={overrideId}
            onClose={() => onFilter({ overrideId: undefined })}
          />
        )}
      </Suspense>
    </>
  );
}

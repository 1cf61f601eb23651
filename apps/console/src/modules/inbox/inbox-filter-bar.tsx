import type { InboxTask } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { SelectFilter } from '../../ui/select-filter.tsx';
import type { InboxFilters } from './inbox-query.ts';

export interface InboxFilterBarProps {
  readonly filters: InboxFilters;
  readonly onFilter: (changed: InboxFilters) => void;
  /** What was read so far: its scopes and seats can be chosen. */
  readonly tasks: readonly InboxTask[];
}

/** Narrows the inbox down. */
export function InboxFilterBar({ filters, onFilter, tasks }: InboxFilterBarProps) {
  const t = useTranslations('inbox.filters');
  const { search, scopeCode, roleCode, breached } = filters;
  const time = breached === undefined ? undefined : breached ? 'breached' : 'notBreached';
  return (
    <FilterBar filters={filters} onFilter={onFilter}>
      <SearchField label={t('search')} value={search} onSearch={(typed) => onFilter({ search: typed })} />
      <div className="contents max-sm:grid max-sm:w-full max-sm:grid-cols-3 max-sm:gap-2">
        <SelectFilter
          label={t('scope')}
          value={scopeCode}
          options={optionsOf(tasks, 'scopeCode', scopeCode)}
          onSelect={(code) => onFilter({ scopeCode: code })}
        />
        <SelectFilter
          label={t('seat')}
          value={roleCode}
          options={optionsOf(tasks, 'roleCode', roleCode)}
          onSelect={(code) => onFilter({ roleCode: code })}
        />
        <SelectFilter
          label={t('time')}
          value={time}
          options={(['breached', 'notBreached'] as const).map((value) => ({ value, label: t(value) }))}
          onSelect={(chosen) =>
            onFilter({ breached: chosen === undefined ? undefined : chosen === 'breached' })
          }
        />
      </div>
    </FilterBar>
  );
}

function optionsOf(
  tasks: readonly InboxTask[],
  field: 'scopeCode' | 'roleCode',
  chosen: string | undefined,
): { value: string; label: string }[] {
  const codes = new Set(tasks.map((task) => task[field]));
  if (chosen !== undefined) codes.add(chosen);
  return [...codes].toSorted().map((code) => ({ value: code, label: code }));
}

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { SelectFilter } from '../../ui/select-filter.tsx';
import type { InboxFilters } from './inbox-query.ts';

export interface InboxFilterBarProps {
  readonly filters: InboxFilters;
  readonly onFilter: (changed: InboxFilters) => void;
}

/** Narrows the inbox down. */
export function InboxFilterBar({ filters, onFilter }: InboxFilterBarProps) {
  const t = useTranslations('inbox.filters');
  const { trpc } = useWorkspace();
  const { data: codes } = useQuery(trpc.workflows.inboxCodes.queryOptions());
  const { search, scopeCode, roleCode, breached } = filters;
  const time = breached === undefined ? undefined : breached ? 'breached' : 'notBreached';
  return (
    <FilterBar filters={filters} onFilter={onFilter}>
      <SearchField label={t('search')} value={search} onSearch={(typed) => onFilter({ search: typed })} />
      <div className="contents max-sm:grid max-sm:w-full max-sm:grid-cols-3 max-sm:gap-2">
        <SelectFilter
          label={t('scope')}
          value={scopeCode}
          options={optionsOf(codes?.scopeCodes, scopeCode)}
          onSelect={(code) => onFilter({ scopeCode: code })}
        />
        <SelectFilter
          label={t('seat')}
          value={roleCode}
          options={optionsOf(codes?.roleCodes, roleCode)}
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

/** What is chosen stays to be seen, when the last of its stages has left the inbox too. */
function optionsOf(
  codes: readonly string[] = [],
  chosen: string | undefined,
): { value: string; label: string }[] {
  const all = new Set(chosen === undefined ? codes : [...codes, chosen]);
  return [...all].toSorted().map((code) => ({ value: code, label: code }));
}

import { useTranslations } from 'use-intl';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { SelectFilter } from '../../ui/select-filter.tsx';
import type { AuditEventFilters } from './audit-events-query.ts';
import { DayField } from './day-field.tsx';
import { PersonCombobox } from './person-combobox.tsx';
import { useAuditWords } from './use-audit-words.ts';

export interface AuditEventFilterBarProps {
  readonly filters: AuditEventFilters;
  readonly onFilter: (filters: AuditEventFilters) => void;
}

/** Who, what, on what and when. */
export function AuditEventFilterBar({ filters, onFilter }: AuditEventFilterBarProps) {
  const t = useTranslations('auditEvents.filters');
  const { modules, actionsOf, entities } = useAuditWords();
  const { action } = filters;
  const module = modules.find(({ value }) => action?.startsWith(value))?.value;
  const actions = actionsOf(module);
  const change = (changed: AuditEventFilters) => onFilter({ ...filters, ...changed });
  return (
    <FilterBar
      isFiltered={Object.values(filters).some((value) => value !== undefined)}
      onClear={() => onFilter({})}
    >
      <div className="w-full sm:w-60">
        <PersonCombobox
          label={t('actor')}
          userId={filters.actorId}
          onSelect={(actorId) => change({ actorId })}
        />
      </div>
      <SelectFilter
        label={t('module')}
        value={module}
        options={modules}
        onSelect={(value) => change({ action: value })}
      />
      {module !== undefined && actions.length > 1 && (
        <SelectFilter
          label={t('action')}
          value={action === module ? undefined : action}
          options={actions}
          onSelect={(value) => change({ action: value ?? module })}
        />
      )}
      <SelectFilter
        label={t('entityType')}
        value={filters.entityType}
        options={entities}
        onSelect={(entityType) => change({ entityType })}
      />
      <SearchField
        label={t('entityId')}
        value={filters.entityId}
        onSearch={(entityId) => change({ entityId })}
      />
      <DayField label={t('since')} value={filters.since} onSelect={(since) => change({ since })} />
      <DayField label={t('until')} value={filters.until} onSelect={(until) => change({ until })} />
    </FilterBar>
  );
}

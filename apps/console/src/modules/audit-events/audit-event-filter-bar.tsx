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
  readonly onFilter: (changed: AuditEventFilters) => void;
}

/** Who, what, on what and when. */
export function AuditEventFilterBar({ filters, onFilter }: AuditEventFilterBarProps) {
  const t = useTranslations('auditEvents.filters');
  const { modules, actionsOf, entities } = useAuditWords();
  const { action } = filters;
  const module = modules.find(({ value }) => action?.startsWith(value))?.value;
  const actions = actionsOf(module);
  return (
    <FilterBar filters={filters} onFilter={onFilter}>
      <div className="w-full sm:w-60">
        <PersonCombobox
          label={t('actor')}
          userId={filters.actorId}
          onSelect={(actorId) => onFilter({ actorId })}
        />
      </div>
      <SelectFilter
        label={t('module')}
        value={module}
        options={modules}
        onSelect={(value) => onFilter({ action: value })}
      />
      {module !== undefined && actions.length > 1 && (
        <SelectFilter
          label={t('action')}
          value={action === module ? undefined : action}
          options={actions}
          onSelect={(value) => onFilter({ action: value ?? module })}
        />
      )}
      <SelectFilter
        label={t('entityType')}
        value={filters.entityType}
        options={entities}
        onSelect={(entityType) => onFilter({ entityType })}
      />
      <SearchField
        label={t('entityId')}
        value={filters.entityId}
        onSearch={(entityId) => onFilter({ entityId })}
      />
      <DayField label={t('since')} value={filters.since} onSelect={(since) => onFilter({ since })} />
      <DayField label={t('until')} value={filters.until} onSelect={(until) => onFilter({ until })} />
    </FilterBar>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { SelectFilter } from '../../ui/select-filter.tsx';
import { activeCodesQuery } from './active-codes-query.ts';

export interface CodeFiltersProps {
  readonly scopeCode: string | undefined;
  readonly vendorCode: string | undefined;
  readonly onFilter: (changed: {
    readonly scopeCode?: string | undefined;
    readonly vendorCode?: string | undefined;
  }) => void;
}

/** Narrow a list down by scope and vendor. What the address names stays a choice, also of an older configuration. */
export function CodeFilters({ scopeCode, vendorCode, onFilter }: CodeFiltersProps) {
  const t = useTranslations('submissions');
  const { data } = useQuery(activeCodesQuery(useWorkspace()));
  const scopes = data?.scopes.map((scope) => ({ value: scope.scopeCode, label: scope.scopeName })) ?? [];
  const vendors =
    data?.vendors.map((vendor) => ({ value: vendor.vendorCode, label: vendor.vendorName })) ?? [];
  return (
    <>
      <SelectFilter
        label={t('fields.scope')}
        value={scopeCode}
        options={including(scopes, scopeCode)}
        onSelect={(chosen) => onFilter({ scopeCode: chosen })}
      />
      <SelectFilter
        label={t('fields.vendor')}
        value={vendorCode}
        options={including(vendors, vendorCode)}
        onSelect={(chosen) => onFilter({ vendorCode: chosen })}
      />
    </>
  );
}

interface Option {
  readonly value: string;
  readonly label: string;
}

function including(options: readonly Option[], code: string | undefined): readonly Option[] {
  const isThere = code === undefined || options.some(({ value }) => value === code);
  return isThere ? options : [...options, { value: code, label: code }];
}

import { useFormatter, useMessages, useTranslations } from 'use-intl';
import { valuesOf } from '../../messages/values-of.ts';
import { useValueText } from '../../ui/use-value-text.ts';

/** How fields of configuration rows are named and said, whichever table they are of. */
export function useRowText() {
  const t = useTranslations();
  const { configRows } = useMessages();
  const formatter = useFormatter();
  const valueText = useValueText();
  const names: Readonly<Record<string, string>> = configRows.fields;
  return {
    name: (field: string): string => names[field] ?? field,
    value: (field: string, value: unknown): string => {
      if (value === null || value === undefined) {
        return t(field === 'vendorCode' ? 'configRows.anyVendor' : 'configRows.none');
      }
      if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
      if (typeof value === 'number') return formatter.number(value);
      if (typeof value !== 'string') return JSON.stringify(value);
      const category = valuesOf('AtpCategory').find((one) => one === value);
      if (field.startsWith('atp') && category !== undefined) return valueText('AtpCategory', category);
      const mode = valuesOf('AssignmentMode').find((one) => one === value);
      if (field === 'assignmentMode' && mode !== undefined) return valueText('AssignmentMode', mode);
      return value;
    },
  };
}

/** The fields of a row with their values, in the order of the API. */
export function fieldsOf(row: object): readonly (readonly [field: string, value: unknown])[] {
  return Object.entries<unknown>({ ...row });
}

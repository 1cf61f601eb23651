import { useTranslations } from 'use-intl';
import { Field } from './field.tsx';

export interface SelectFilterProps<Value extends string> {
  readonly label: string;
  /** What choosing none of them is called; “All” where nothing is said. */
  readonly allLabel?: string;
  readonly value: Value | undefined;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  /** Undefined: all of them. */
  readonly onSelect: (value: Value | undefined) => void;
}

/** Narrows a list down to one of several values. */
export function SelectFilter<Value extends string>(props: SelectFilterProps<Value>) {
  const { label, allLabel, value, options, onSelect } = props;
  const t = useTranslations('common');
  return (
    <div className="w-full sm:w-44">
      <Field label={label}>
        <select
          value={value ?? ''}
          onChange={({ target }) => onSelect(options.find((option) => option.value === target.value)?.value)}
        >
          <option value="">{allLabel ?? t('all')}</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      </Field>
    </div>
  );
}

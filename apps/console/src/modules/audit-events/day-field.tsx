import { Field } from '../../ui/field.tsx';

export interface DayFieldProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onSelect: (day: string | undefined) => void;
}

/** One day, or none. */
export function DayField({ label, value, onSelect }: DayFieldProps) {
  return (
    <div className="w-full sm:w-40">
      <Field label={label}>
        <input
          type="date"
          value={value ?? ''}
          onChange={({ target }) => onSelect(target.value === '' ? undefined : target.value)}
        />
      </Field>
    </div>
  );
}

import { useEffect, useState } from 'react';
import { Field } from './field.tsx';

export interface SearchFieldProps {
  readonly label: string;
  readonly value: string | undefined;
  /** Called when the typing pauses; undefined when nothing is left. */
  readonly onSearch: (value: string | undefined) => void;
}

const PAUSE_MS = 250;

/** Narrows a list down while one types. */
export function SearchField({ label, value = '', onSearch }: SearchFieldProps) {
  const [typed, setTyped] = useState(value);
  const [asked, setAsked] = useState(value);
  // The address changed by other means: a link, or "back".
  if (asked !== value) {
    setAsked(value);
    setTyped(value);
  }
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = setTimeout(() => {
      setAsked(typed.trim());
      onSearch(typed.trim() === '' ? undefined : typed.trim());
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, value, onSearch]);
  return (
    <div className="w-full sm:w-64">
      <Field label={label}>
        <input type="search" value={typed} onChange={({ target }) => setTyped(target.value)} />
      </Field>
    </div>
  );
}

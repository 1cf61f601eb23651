import { useState } from 'react';

export interface CheckFilterProps {
  readonly label: string;
  readonly isChecked: boolean;
  /** Undefined: not narrowed down. */
  readonly onCheck: (checked: true | undefined) => void;
}

/** Narrows a list down to what has one property. It answers at once, before the list has been read anew. */
export function CheckFilter({ label, isChecked, onCheck }: CheckFilterProps) {
  const [shown, setShown] = useState(isChecked);
  const [asked, setAsked] = useState(isChecked);
  // The address changed by other means: a link, or "back".
  if (asked !== isChecked) {
    setAsked(isChecked);
    setShown(isChecked);
  }
  return (
    <label className="flex min-h-9 items-center gap-2 text-sm font-medium">
      <input
        type="checkbox"
        className="size-4 accent-accent"
        checked={shown}
        onChange={({ target }) => {
          setShown(target.checked);
          onCheck(target.checked || undefined);
        }}
      />
      {label}
    </label>
  );
}

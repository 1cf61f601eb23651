import { cloneElement, type ReactElement, type ReactNode, useId } from 'react';
import { useTranslations } from 'use-intl';

export const controlLook =
  'w-full min-h-9 rounded-md border border-field-line bg-surface px-2.5 py-1.5 text-ink placeholder:text-quiet disabled:opacity-60 aria-invalid:border-bad';

interface ControlProps {
  id?: string;
  className?: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean | undefined;
  'aria-required'?: boolean | undefined;
}

export interface FieldProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** What is wrong with what was entered; announced, and tied to the control. */
  readonly error?: string | undefined;
  readonly isOptional?: boolean;
  /** One input, select or textarea; it gets its id, look and descriptions here. */
  readonly children: ReactElement<ControlProps>;
}

/** A control with its label, its hint and what is wrong with it. */
export function Field({ label, hint, error, isOptional = false, children }: FieldProps) {
  const t = useTranslations('common');
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const describedBy = [hint === undefined ? null : hintId, error === undefined ? null : errorId];
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
        {isOptional && <span className="font-normal text-quiet"> ({t('optional')})</span>}
      </label>
      {cloneElement(children, {
        id,
        className: controlLook,
        'aria-describedby': describedBy.filter((one) => one !== null).join(' ') || undefined,
        'aria-invalid': error !== undefined || undefined,
      })}
      {hint !== undefined && (
        <p id={hintId} className="text-sm text-quiet">
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={errorId} role="alert" className="text-sm text-bad">
          {error}
        </p>
      )}
    </div>
  );
}

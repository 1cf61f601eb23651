import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';

export interface ReasonDialogProps {
  readonly title: string;
  /** What will happen. */
  readonly description: ReactNode;
  /** The verb of what happens: "Send back", not "OK". */
  readonly confirmLabel: string;
  /** How what is to be written is called. */
  readonly label: string;
  readonly isOptional?: boolean;
  readonly isDangerous?: boolean;
  readonly isBusy: boolean;
  /** Whether everything else is filled in that `children` ask for; says itself what is missing. */
  readonly check?: () => boolean;
  /** Why it did not work the last time; what was written stays. */
  readonly problem: ReactNode;
  /** What is asked for beside it. */
  readonly children?: ReactNode;
  /** `null` when nothing was written, which only an optional one lets be. */
  readonly onConfirm: (reason: string | null) => void;
  readonly onClose: () => void;
}

/** Asks why, before something is done that others will want to understand. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { title, description, confirmLabel, label, isOptional = false, isDangerous = false } = props;
  const { isBusy, problem, children, check, onConfirm, onClose } = props;
  const t = useTranslations('common');
  const [reason, setReason] = useState('');
  const [isMissing, setIsMissing] = useState(false);

  function submit(event: FormEvent): void {
    event.preventDefault();
    const text = reason.trim();
    const lacksReason = text === '' && !isOptional;
    setIsMissing(lacksReason);
    const isComplete = check?.() ?? true;
    if (!lacksReason && isComplete) onConfirm(text === '' ? null : text);
  }

  return (
    <Dialog isOpen onClose={onClose} title={title} description={description}>
      <form className="flex flex-col gap-4" onSubmit={submit}>
        {children}
        <Field label={label} isOptional={isOptional} error={isMissing ? t('required') : undefined}>
          <textarea
            rows={3}
            maxLength={4_000}
            value={reason}
            onChange={({ target }) => {
              setReason(target.value);
              setIsMissing(false);
            }}
          />
        </Field>
        {problem}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look={isDangerous ? 'danger' : 'primary'} isBusy={isBusy}>
            {confirmLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

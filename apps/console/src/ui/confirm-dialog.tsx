import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { ErrorNote } from './error-note.tsx';

export interface ConfirmDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
  readonly title: ReactNode;
  readonly description: ReactNode;
  /** The verb of what happens: "Activate", not "OK". */
  readonly confirmLabel: string;
  /** “Cancel” where nothing is said. */
  readonly cancelLabel?: string;
  readonly isDangerous?: boolean;
  readonly isBusy?: boolean;
  /** Why it did not work the last time. */
  readonly error?: unknown;
  /** What has to be entered or read before. */
  readonly children?: ReactNode;
  readonly isDisabled?: boolean;
}

/** Asks before something that cannot simply be undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const t = useTranslations('common');
  const { isOpen, onClose, onConfirm, title, description, confirmLabel } = props;
  const {
    cancelLabel = t('cancel'),
    isDangerous = false,
    isBusy = false,
    isDisabled = false,
    error = null,
    children,
  } = props;
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={title} description={description}>
      <div className="flex flex-col gap-4">
        {children}
        {error !== null && <ErrorNote error={error} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{cancelLabel}</Button>
          <Button
            look={isDangerous ? 'danger' : 'primary'}
            isBusy={isBusy}
            disabled={isDisabled}
            onClick={onConfirm}
          >
            {confirmLabel}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

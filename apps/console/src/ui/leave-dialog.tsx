import { useBlocker } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { ConfirmDialog } from './confirm-dialog.tsx';

export interface LeaveDialogProps {
  readonly title: string;
  /** What becomes of what is on its way. */
  readonly description: string;
  readonly confirmLabel: string;
}

/**
 * Asks before the page is left while something is on its way; before its tab is closed, the browser does. It is there as
 * long as that is: when it ends while the reader is asked, they stay and see what became of it.
 */
export function LeaveDialog(texts: LeaveDialogProps) {
  const t = useTranslations('common');
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname,
    enableBeforeUnload: true,
    withResolver: true,
  });
  // An answer is waited for: without one, the address after “back” would be another page's.
  useEffect(() => () => reset?.(), [reset]);
  return (
    <ConfirmDialog
      {...texts}
      isOpen={status === 'blocked'}
      onClose={() => reset?.()}
      onConfirm={() => proceed?.()}
      cancelLabel={t('stay')}
    />
  );
}

import { useBlocker } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';

/** Asks before the page is left while something is on its way; the browser asks itself before its tab is closed. */
export function LeaveImportDialog({ phase }: { readonly phase: 'uploading' | 'importing' }) {
  const t = useTranslations('configuration.import.leave');
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname,
    enableBeforeUnload: true,
    withResolver: true,
  });
  return (
    <ConfirmDialog
      isOpen={status === 'blocked'}
      onClose={() => reset?.()}
      onConfirm={() => proceed?.()}
      title={t('title')}
      description={t(phase)}
      confirmLabel={t('confirm')}
    />
  );
}

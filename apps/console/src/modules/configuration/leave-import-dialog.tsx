import { useTranslations } from 'use-intl';
import { LeaveDialog } from '../../ui/leave-dialog.tsx';

/** Asks before an import is left alone. */
export function LeaveImportDialog({ phase }: { readonly phase: 'uploading' | 'importing' }) {
  const t = useTranslations('configuration.import.leave');
  return <LeaveDialog title={t('title')} description={t(phase)} confirmLabel={t('confirm')} />;
}

import { isAppError } from '@apms/client';
import { Info } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { ErrorNote } from '../../ui/error-note.tsx';
import type { RunAudit } from './use-run-audit.ts';

/** What is to be said of an audit that was asked for: that another one is waited for, or why there is none. */
export function RunNote({ audit: { isWaiting, error } }: { readonly audit: RunAudit }) {
  const t = useTranslations('integrity.run');
  return (
    <div aria-live="polite" className="mb-4 empty:mb-0">
      {isWaiting && (
        <p className="flex gap-2 rounded-md bg-info-soft p-3 text-sm">
          <Info aria-hidden className="mt-0.5 size-4 shrink-0 text-info" />
          {t('running')}
        </p>
      )}
      {isAppError(error, 'TIMED_OUT') ? (
        <p className="rounded-md bg-bad-soft p-3 text-sm">{t('tooLong')}</p>
      ) : (
        error !== null && <ErrorNote error={error} />
      )}
    </div>
  );
}

import { appErrorOf } from '@apms/client';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { ErrorNote } from '../../ui/error-note.tsx';

/** Why orphans were not mended, in the words of whoever wanted to. */
export function RemediationFailure({
  error,
  referenced,
}: {
  readonly error: unknown;
  readonly referenced: string;
}) {
  const t = useTranslations('remediation');
  const failure = appErrorOf(error);
  if (failure?.code === 'ORPHAN_NOT_FOUND') {
    const { rowIds } = failure;
    return <Note>{t('dialog.gone', { count: rowIds.length, ids: rowIds.join(', ') })}</Note>;
  }
  if (failure?.code === 'ENTITY_IN_USE') return <Note>{t('dialog.inUse', { usedBy: failure.usedBy })}</Note>;
  if (failure?.code === 'REMEDIATION_REFUSED') {
    return <Note>{t('dialog.refused', { reason: t(`refusals.${failure.reason}`) })}</Note>;
  }
  if (failure?.code === 'REFERENCE_NOT_FOUND' && failure.field === 'referenceId') {
    return <Note>{t('dialog.notThere', { id: failure.id ?? '', referenced })}</Note>;
  }
  if (failure?.code === 'REFERENCE_NOT_FOUND') return <Note>{t('dialog.notFound')}</Note>;
  return <ErrorNote error={error} />;
}

function Note({ children }: { readonly children: ReactNode }) {
  return (
    <p role="alert" className="rounded-md bg-bad-soft p-3 text-sm break-words">
      {children}
    </p>
  );
}

import { appErrorOf } from '@apms/client';
import type { QuarantinedRow } from '@apms/validators';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useToast } from '../../ui/use-toast.ts';

export interface RestoreDialogProps {
  readonly rows: readonly QuarantinedRow[];
  /** What was set aside in the same steps and is not among them. */
  readonly companions: readonly QuarantinedRow[];
  readonly onChooseCompanions: () => void;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Asks before rows that were set aside come back. */
export function RestoreDialog({ rows, companions, onChooseCompanions, onClose, onDone }: RestoreDialogProps) {
  const t = useTranslations('remediation.aside');
  const toast = useToast();
  const { client, queryClient, trpc } = useWorkspace();
  const restore = useMutation({
    mutationFn: () => client.integrityAudits.restore.mutate({ quarantinedRowIds: rows.map(({ id }) => id) }),
    onSettled: () => queryClient.invalidateQueries(trpc.integrityAudits.pathFilter()),
    onSuccess: (restored) => {
      toast(t('restored', { count: restored.rows.length }));
      onDone();
    },
  });
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      onConfirm={() => restore.mutate()}
      title={t('restoreTitle', { count: rows.length })}
      description={t('restoreText')}
      confirmLabel={t('restoreAction', { count: rows.length })}
      isBusy={restore.isPending}
    >
      {/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- what is scrolled has to be reachable by keys */}
      <ul
        aria-label={t('columns.row')}
        tabIndex={0}
        className="max-h-36 overflow-y-auto rounded-md bg-raised p-2 font-mono text-xs break-all"
      >
        {rows.map(({ id, table, rowId }) => (
          <li key={id}>{`${table} ${rowId}`}</li>
        ))}
      </ul>
      {/* oxlint-enable jsx-a11y/no-noninteractive-tabindex */}
      {companions.length > 0 && (
        <div className="flex flex-wrap items-center gap-2 rounded-md bg-info-soft p-3 text-sm">
          <p className="min-w-0 flex-1 basis-52">{t('together', { count: companions.length })}</p>
          <Button onClick={onChooseCompanions}>{t('chooseTogether')}</Button>
        </div>
      )}
      {restore.error !== null && <RestoreFailure error={restore.error} />}
    </ConfirmDialog>
  );
}

function RestoreFailure({ error }: { readonly error: unknown }) {
  const t = useTranslations('remediation.aside');
  const failure = appErrorOf(error);
  if (failure?.code === 'REFERENCE_NOT_FOUND') {
    const { field, entity, id } = failure;
    return <Note text={t('stillMissing', { field, entity, id: id ?? 'none' })} />;
  }
  if (failure?.code === 'TRANSITION_ILLEGAL') return <Note text={t('already')} />;
  return <ErrorNote error={error} />;
}

function Note({ text }: { readonly text: string }) {
  return (
    <p role="alert" className="rounded-md bg-bad-soft p-3 text-sm break-words">
      {text}
    </p>
  );
}

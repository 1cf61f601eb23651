import { RemediateOrphans, type RemediationAction, type RemediationPreview } from '@apms/validators';
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import type { z } from 'zod';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { useToast } from '../../ui/use-toast.ts';
import { RemediationFailure } from './remediation-failure.tsx';

export interface RemediateDialogProps {
  readonly auditId: string;
  readonly action: RemediationAction;
  /** What can be done to the table, as it was read. */
  readonly preview: Omit<RemediationPreview, 'items' | 'nextCursor'>;
  readonly rowIds: readonly string[];
  readonly onClose: () => void;
  /** The rows are mended. */
  readonly onDone: () => void;
}

/** Asks before orphans are moved aside or linked anew: which rows, what happens to them, and why. */
export function RemediateDialog({ auditId, action, preview, rowIds, onClose, onDone }: RemediateDialogProps) {
  const t = useTranslations('remediation');
  const tCommon = useTranslations('common');
  const toast = useToast();
  const listId = useId();
  const { client, queryClient, trpc } = useWorkspace();
  const { constraintName, table, referencedTable: referenced, parts } = preview;
  const count = rowIds.length;
  const isRelink = action === 'relink';
  const form = useForm<z.input<typeof RemediateOrphans>, unknown, RemediateOrphans>({
    resolver: zodResolver(RemediateOrphans),
    defaultValues: {
      auditId,
      constraintName,
      action,
      rowIds: [...rowIds],
      reason: '',
      ...(isRelink && { referenceId: '' }),
    },
  });
  const mend = useMutation({
    mutationFn: (input: RemediateOrphans) => client.integrityAudits.remediate.mutate(input),
    // Also when it was refused: what is shown may be out of date.
    onSettled: () => queryClient.invalidateQueries(trpc.integrityAudits.pathFilter()),
    onSuccess: () => {
      toast(t(isRelink ? 'relinked' : 'setAside', { count }));
      onDone();
    },
  });
  const { errors } = form.formState;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(`dialog.${action}Title`, { count, table })}
      description={t(`dialog.${action}Text`, { table, referenced })}
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => void form.handleSubmit((values) => mend.mutate(values))(event)}
      >
        <div>
          <h3 id={listId} className="text-sm font-medium">
            {t('dialog.rows')}
          </h3>
          {/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- what is scrolled has to be reachable by keys */}
          <ul
            aria-labelledby={listId}
            tabIndex={0}
            className="mt-1 max-h-36 overflow-y-auto rounded-md bg-raised p-2 font-mono text-xs break-all"
          >
            {rowIds.map((id) => (
              <li key={id}>{id}</li>
            ))}
          </ul>
          {/* oxlint-enable jsx-a11y/no-noninteractive-tabindex */}
        </div>
        {!isRelink && parts.length > 0 && <p>{t('ways.parts', { parts: parts.join(', ') })}</p>}
        {isRelink && (
          <Field
            label={t('dialog.reference', { referenced })}
            hint={t(referenced === 'users' ? 'dialog.userHint' : 'dialog.referenceHint')}
            error={errors.referenceId?.message}
          >
            <input autoComplete="off" {...form.register('referenceId')} />
          </Field>
        )}
        <Field label={t('dialog.reason')} hint={t('dialog.reasonHint')} error={errors.reason?.message}>
          <textarea rows={2} {...form.register('reason')} />
        </Field>
        <p className="text-sm text-quiet">{t('dialog.mayRefuse')}</p>
        {mend.error !== null && <RemediationFailure error={mend.error} referenced={referenced} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{tCommon('cancel')}</Button>
          <Button type="submit" look={isRelink ? 'primary' : 'danger'} isBusy={mend.isPending}>
            {t(`dialog.${action}`, { count })}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { TransitionFailure } from './transition-failure.tsx';
import { useTransition, type VersionDialogProps } from './use-transition.ts';
import { useVersionName } from './use-version-name.ts';

/** As much as the API takes as notes. */
const MAX_NOTES = 4_000;

/** Makes what a SUPERSEDED version holds ACTIVE again, as a new version, which is shown then. */
export function RollbackDialog({ version, onClose }: VersionDialogProps) {
  const t = useTranslations('configVersion.rollback');
  const { client, workspace } = useWorkspace();
  const navigate = useNavigate();
  const versionName = useVersionName();
  const [notes, setNotes] = useState('');
  const rollback = useTransition({
    run: () =>
      client.configVersions.rollback.mutate({
        configVersionId: version.id,
        ...(notes.trim() !== '' && { notes: notes.trim() }),
      }),
    onDone: async (activated) => {
      onClose();
      await navigate({
        to: '/w/$workspaceCode/configuration/$configVersionId',
        params: { workspaceCode: workspace.code, configVersionId: activated.id },
      });
      return t('done', { version: versionName(activated) });
    },
  });
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      onConfirm={() => rollback.mutate()}
      title={t('title', { version: versionName(version) })}
      description={t('text')}
      confirmLabel={t('confirm')}
      isBusy={rollback.isPending}
    >
      <Field label={t('notes')} hint={t('notesHint')} isOptional>
        <textarea
          rows={2}
          maxLength={MAX_NOTES}
          value={notes}
          onChange={({ target }) => setNotes(target.value)}
        />
      </Field>
      {rollback.isError && <TransitionFailure sourceType={version.sourceType} error={rollback.error} />}
    </ConfirmDialog>
  );
}

import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { TransitionFailure } from './transition-failure.tsx';
import { useTransition, type VersionDialogProps } from './use-transition.ts';
import { useVersionName } from './use-version-name.ts';

/** Ends a SUPERSEDED version. */
export function ArchiveDialog({ version, onClose }: VersionDialogProps) {
  const t = useTranslations('configVersion.archive');
  const { client } = useWorkspace();
  const versionName = useVersionName();
  const archiving = useTransition({
    run: () => client.configVersions.archive.mutate({ configVersionId: version.id }),
    onDone: (archived) => {
      onClose();
      return t('done', { version: versionName(archived) });
    },
  });
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      onConfirm={() => archiving.mutate()}
      title={t('title', { version: versionName(version) })}
      description={t('text')}
      confirmLabel={t('confirm')}
      isBusy={archiving.isPending}
    >
      {archiving.isError && <TransitionFailure sourceType={version.sourceType} error={archiving.error} />}
    </ConfirmDialog>
  );
}

import { useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { TransitionFailure } from './transition-failure.tsx';
import { useTransition, type VersionDialogProps } from './use-transition.ts';
import { useVersionName } from './use-version-name.ts';

/** Deletes a DRAFT, after which there is nothing left to look at but the list. */
export function DiscardDialog({ version, onClose }: VersionDialogProps) {
  const t = useTranslations('configVersion.discard');
  const { client, workspace } = useWorkspace();
  const navigate = useNavigate();
  const versionName = useVersionName();
  const discarding = useTransition({
    run: () => client.configVersions.discard.mutate({ configVersionId: version.id }),
    onDone: async () => {
      // First away from the page, whose version cannot be read any more.
      await navigate({ to: '/w/$workspaceCode/configuration', params: { workspaceCode: workspace.code } });
      return t('done', { version: versionName(version) });
    },
  });
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      onConfirm={() => discarding.mutate()}
      title={t('title', { version: versionName(version) })}
      description={t('text')}
      confirmLabel={t('confirm')}
      isDangerous
      isBusy={discarding.isPending}
    >
      {discarding.isError && <TransitionFailure sourceType={version.sourceType} error={discarding.error} />}
    </ConfirmDialog>
  );
}

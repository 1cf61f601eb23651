import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { buttonLooks } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { textLinkLook } from '../../ui/text-link-look.ts';
import { TransitionFailure } from './transition-failure.tsx';
import { useTransition, type VersionDialogProps } from './use-transition.ts';
import { useVersionName } from './use-version-name.ts';
import { VersionLink } from './version-link.tsx';
import { activeVersionsQuery } from './versions-query.ts';
import { WarningKinds } from './warning-kinds.tsx';

/** Makes a DRAFT the version that new workflows are routed by, once its warnings were read. */
export function ActivateDialog({ version, onClose }: VersionDialogProps) {
  const t = useTranslations('configVersion.activate');
  const { client } = useWorkspace();
  const versionName = useVersionName();
  const [isAcknowledged, setIsAcknowledged] = useState(false);
  const { id: configVersionId, errors, warnings } = version;
  const activation = useTransition({
    run: () =>
      client.configVersions.activate.mutate({ configVersionId, acknowledgeWarnings: isAcknowledged }),
    onDone: (activated) => {
      onClose();
      return t('done', { version: versionName(activated) });
    },
  });
  if (errors > 0) return <Impossible version={version} onClose={onClose} />;
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      onConfirm={() => activation.mutate()}
      title={t('title', { version: versionName(version) })}
      description={t('text')}
      confirmLabel={t('confirm')}
      isBusy={activation.isPending}
      isDisabled={warnings > 0 && !isAcknowledged}
    >
      <Replaced version={version} />
      {warnings > 0 && (
        <>
          <WarningKinds configVersionId={configVersionId} count={warnings} />
          <label className="flex items-start gap-2">
            <input
              type="checkbox"
              className="mt-0.5 size-5 shrink-0 accent-accent"
              checked={isAcknowledged}
              onChange={({ target }) => setIsAcknowledged(target.checked)}
            />
            {t('acknowledge', { count: warnings })}
          </label>
        </>
      )}
      {activation.isError && <TransitionFailure sourceType={version.sourceType} error={activation.error} />}
    </ConfirmDialog>
  );
}

/** Which version makes way, and what is different from it. */
function Replaced({ version }: Pick<VersionDialogProps, 'version'>) {
  const t = useTranslations('configVersion.activate');
  const { workspace, trpc } = useWorkspace();
  const { data } = useQuery(activeVersionsQuery({ trpc }));
  if (data === undefined) return null;
  const active = data.items.find(({ sourceType }) => sourceType === version.sourceType);
  if (active === undefined) return <p>{t('first')}</p>;
  return (
    <p>
      {t('replaces')} <VersionLink version={active} />.{' '}
      <Link
        to="/w/$workspaceCode/configuration/compare"
        params={{ workspaceCode: workspace.code }}
        search={{ from: active.id, to: version.id }}
        className={textLinkLook}
      >
        {t('changes')}
      </Link>
    </p>
  );
}

function Impossible({ version, onClose }: VersionDialogProps) {
  const t = useTranslations('configVersion.activate');
  const { workspace } = useWorkspace();
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('impossible')}
      description={t('errors', { count: version.errors })}
    >
      <div className="flex justify-end">
        <Link
          to="/w/$workspaceCode/configuration/$configVersionId"
          params={{ workspaceCode: workspace.code, configVersionId: version.id }}
          search={{ severity: 'ERROR' }}
          onClick={onClose}
          className={buttonLooks.primary}
        >
          {t('showErrors')}
        </Link>
      </div>
    </Dialog>
  );
}

import { downloadDocument } from '@apms/client';
import {
  type ConfigVersionDetails,
  type ConfigVersionStatus,
  isOffered,
  type VersionAction,
  versionTransitions,
} from '@apms/validators';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Archive, Download, GitCompareArrows, Trash2, Undo2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button, buttonLooks } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { saveBlob } from '../documents/save-blob.ts';
import { activeVersionsQuery } from './versions-query.ts';

const ActivateDialog = lazy(async () => ({
  default: (await import('./activate-dialog.tsx')).ActivateDialog,
}));
const RollbackDialog = lazy(async () => ({
  default: (await import('./rollback-dialog.tsx')).RollbackDialog,
}));
const ArchiveDialog = lazy(async () => ({ default: (await import('./archive-dialog.tsx')).ArchiveDialog }));
const DiscardDialog = lazy(async () => ({ default: (await import('./discard-dialog.tsx')).DiscardDialog }));

const dialogs = {
  activate: ActivateDialog,
  rollback: RollbackDialog,
  archive: ArchiveDialog,
  discard: DiscardDialog,
} as const;

/** What can be done with a version by whoever looks at it, each after its confirmation. */
export function VersionActions({ version }: { readonly version: ConfigVersionDetails }) {
  const t = useTranslations('configVersion.actions');
  const { can } = useWorkspace();
  // Not by the status: it may change under a dialog that is open.
  const [asked, setAsked] = useState<keyof typeof dialogs | null>(null);
  const Asking = asked === null ? null : dialogs[asked];
  const offers = (action: VersionAction) =>
    isOffered<ConfigVersionStatus>(versionTransitions[action], version.status, can);
  return (
    <>
      <CompareLink version={version} />
      {can('config.import') && <ExportButton version={version} />}
      {offers('discard') && (
        <Button icon={<Trash2 aria-hidden className="size-4" />} onClick={() => setAsked('discard')}>
          {t('discard')}
        </Button>
      )}
      {offers('archive') && (
        <Button icon={<Archive aria-hidden className="size-4" />} onClick={() => setAsked('archive')}>
          {t('archive')}
        </Button>
      )}
      {offers('rollback') && (
        <Button
          look="primary"
          icon={<Undo2 aria-hidden className="size-4" />}
          onClick={() => setAsked('rollback')}
        >
          {t('rollback')}
        </Button>
      )}
      {offers('activate') && (
        <Button look="primary" onClick={() => setAsked('activate')}>
          {t('activate')}
        </Button>
      )}
      {Asking !== null && (
        <Suspense>
          <Asking version={version} onClose={() => setAsked(null)} />
        </Suspense>
      )}
    </>
  );
}

/** To the ACTIVE version; of that itself to the one before. */
function CompareLink({ version }: { readonly version: ConfigVersionDetails }) {
  const t = useTranslations('configVersion.actions');
  const { workspace, trpc } = useWorkspace();
  const { data } = useQuery(activeVersionsQuery({ trpc }));
  const active = data?.items.find(({ sourceType }) => sourceType === version.sourceType);
  const isActive = version.status === 'ACTIVE';
  const from = isActive ? version.previousVersionId : active?.id;
  if (from === undefined || from === null) return null;
  return (
    <Link
      to="/w/$workspaceCode/configuration/compare"
      params={{ workspaceCode: workspace.code }}
      search={{ from, to: version.id }}
      className={buttonLooks.secondary}
    >
      <GitCompareArrows aria-hidden className="size-4" />
      {t(isActive ? 'comparePrevious' : 'compareActive')}
    </Link>
  );
}

function ExportButton({ version: { id: configVersionId } }: { readonly version: ConfigVersionDetails }) {
  const t = useTranslations('configVersion.actions');
  const { client, options } = useWorkspace();
  const save = useMutation({
    mutationFn: async () => {
      const { id, name } = await client.configVersions.export.mutate({ configVersionId });
      saveBlob(await downloadDocument(options, id), name);
    },
  });
  return (
    <>
      <Button
        icon={<Download aria-hidden className="size-4" />}
        isBusy={save.isPending}
        onClick={() => save.mutate()}
      >
        {t('export')}
      </Button>
      {save.isError && <ErrorNote error={save.error} />}
    </>
  );
}

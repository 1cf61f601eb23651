import type { ConfigVersionDetails } from '@apms/validators';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Time } from '../../ui/time.tsx';
import { VersionLink } from './version-link.tsx';

/** Where a version came from, and what became of it. */
export function VersionFacts({ version }: { readonly version: ConfigVersionDetails }) {
  const t = useTranslations('configVersion');
  const tVersions = useTranslations('configuration');
  const tCommon = useTranslations('common');
  return (
    <Panel title={t('facts')}>
      <Facts>
        <Fact name={t('file')}>
          {version.isRollback && <p>{t('madeByRollback')}</p>}
          {version.sourceFileName}
        </Fact>
        <Fact name={t('checksum')}>
          <Copyable text={version.sourceChecksum} label={`${tCommon('copy')} ${t('checksum')}`} />
        </Fact>
        <Fact name={t('imported')}>
          <Time value={version.importedAt} />
          <br />
          {tVersions('byPerson', { name: version.importedByName })}
        </Fact>
        {version.activatedAt !== null && (
          <Fact name={t('activated')}>
            <Time value={version.activatedAt} />
            {version.activatedById !== null && <Person userId={version.activatedById} />}
          </Fact>
        )}
        {version.warningsAcknowledgedAt !== null && (
          <Fact name={t('acknowledged')}>
            <Time value={version.warningsAcknowledgedAt} />
          </Fact>
        )}
        {version.previousVersionId !== null && (
          <Fact name={t('previous')}>
            <Related configVersionId={version.previousVersionId} />
          </Fact>
        )}
        {version.supersededById !== null && (
          <Fact name={t('supersededBy')}>
            <Related configVersionId={version.supersededById} />
          </Fact>
        )}
        {version.supersededAt !== null && (
          <Fact name={t('superseded')}>
            <Time value={version.supersededAt} />
          </Fact>
        )}
        {version.archivedAt !== null && (
          <Fact name={t('archived')}>
            <Time value={version.archivedAt} />
          </Fact>
        )}
        {version.notes !== null && <Fact name={t('notes')}>{version.notes}</Fact>}
      </Facts>
    </Panel>
  );
}

/** Nothing until the name is known: what the page is about does not wait for it. */
function Person({ userId }: { readonly userId: string }) {
  const t = useTranslations('configuration');
  const { trpc, can } = useWorkspace();
  const { data } = useQuery(trpc.users.get.queryOptions({ userId }, { enabled: can('members.read') }));
  return data === undefined ? null : <p>{t('byPerson', { name: data.name })}</p>;
}

function Related({ configVersionId }: { readonly configVersionId: string }) {
  const { trpc } = useWorkspace();
  const { data } = useQuery(trpc.configVersions.get.queryOptions({ configVersionId }));
  return data === undefined ? <span className="text-quiet">…</span> : <VersionLink version={data} />;
}

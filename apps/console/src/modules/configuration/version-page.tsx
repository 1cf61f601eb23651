import type { ConfigVersionDetails } from '@apms/validators';
import { Suspense } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { BackLink } from '../../ui/back-link.tsx';
import { Badge } from '../../ui/badge.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { PageLoading } from '../../ui/page-loading.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { ValueBadge } from '../../ui/value-badge.tsx';
import { FindingsTab } from './findings-tab.tsx';
import { RowsTab } from './rows-tab.tsx';
import { useVersionName } from './use-version-name.ts';
import { VersionActions } from './version-actions.tsx';
import { VersionContents } from './version-contents.tsx';
import { VersionFacts } from './version-facts.tsx';
import { findingFiltersOf, rowFiltersOf, type VersionSearch } from './version-search.ts';

export interface VersionPageProps {
  readonly version: ConfigVersionDetails;
  readonly search: VersionSearch;
  readonly onSearch: (changed: VersionSearch) => void;
}

/** One version: where it came from, what it holds, what is wrong with it, and what can be done with it. */
export function VersionPage({ version, search, onSearch }: VersionPageProps) {
  const t = useTranslations('configVersion');
  const tVersions = useTranslations('configuration');
  const { workspace } = useWorkspace();
  const name = useVersionName()(version);
  const tab = search.tab ?? 'findings';
  const findings = version.errors + version.warnings;
  return (
    <>
      <BackLink to="/w/$workspaceCode/configuration" params={{ workspaceCode: workspace.code }}>
        {t('all')}
      </BackLink>
      <PageHeader
        title={name}
        about={
          <div className="flex flex-wrap items-center gap-2">
            <ValueBadge set="ConfigVersionStatus" value={version.status} />
            <ValueBadge set="ValidationStatus" value={version.validationStatus} />
            {version.isRollback && <Badge tone="info">{tVersions('rollback')}</Badge>}
            {version.status === 'DRAFT' && <Prospect version={version} />}
          </div>
        }
        actions={<VersionActions version={version} />}
      />
      <div className="mb-6 grid gap-5 xl:grid-cols-2">
        <VersionFacts version={version} />
        <VersionContents version={version} />
      </div>
      <Tabs
        label={t('parts')}
        value={tab}
        tabs={[
          { value: 'findings', label: t('tabs.findings', { count: findings }) },
          { value: 'rows', label: t('tabs.rows') },
        ]}
        onSelect={(chosen) => onSearch({ tab: chosen === 'rows' ? chosen : undefined })}
      >
        <Suspense fallback={<PageLoading />}>
          {tab === 'findings' ? (
            <FindingsTab version={version} filters={findingFiltersOf(search)} onFilter={onSearch} />
          ) : (
            <RowsTab version={version} filters={rowFiltersOf(search)} onFilter={onSearch} />
          )}
        </Suspense>
      </Tabs>
    </>
  );
}

/** What stands between a DRAFT and its activation. */
function Prospect({ version: { errors, warnings } }: { readonly version: ConfigVersionDetails }) {
  const t = useTranslations('configVersion.state');
  if (errors > 0) return <span>{t('invalid', { errors })}</span>;
  return <span>{warnings > 0 ? t('warnings', { warnings }) : t('valid')}</span>;
}

import type { ConfigVersion } from '@apms/validators';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { FileSpreadsheet, GitCompareArrows, Route as RouteIcon } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { buttonLooks } from '../../ui/button.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { List } from '../../ui/list.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { usePagedRows } from '../../ui/paged-rows.ts';
import { SelectFilter } from '../../ui/select-filter.tsx';
import { useToast } from '../../ui/use-toast.ts';
import { useValueOptions } from '../../ui/use-value-text.ts';
import { ActiveVersions } from './active-versions.tsx';
import { ImportPanel } from './import-panel.tsx';
import { useVersionName } from './use-version-name.ts';
import { versionColumns } from './version-columns.tsx';
import { activeVersionsQuery, type VersionFilters, versionsQuery } from './versions-query.ts';

export interface VersionsPageProps {
  readonly filters: VersionFilters;
  readonly onFilter: (changed: VersionFilters) => void;
  readonly onOpen: (version: Pick<ConfigVersion, 'id'>) => void;
}

/** All versions of the configuration: what is in force, what was, and what may be; and the way in for a new one. */
export function VersionsPage({ filters, onFilter, onOpen }: VersionsPageProps) {
  const t = useTranslations('configuration');
  const toast = useToast();
  const versionName = useVersionName();
  const { can, workspace, ...api } = useWorkspace();
  const rows = usePagedRows(versionsQuery(api, filters));
  const { data: active } = useSuspenseQuery(activeVersionsQuery(api));
  const columns = useMemo(() => versionColumns(t), [t]);
  const canImport = can('config.import');
  const params = { workspaceCode: workspace.code };
  return (
    <>
      <PageHeader
        title={t('title')}
        about={t('about')}
        actions={
          <>
            <Link
              to="/w/$workspaceCode/configuration/preview"
              params={params}
              className={buttonLooks.secondary}
            >
              <RouteIcon aria-hidden className="size-4" />
              {t('preview')}
            </Link>
            <Link
              to="/w/$workspaceCode/configuration/compare"
              params={params}
              className={buttonLooks.secondary}
            >
              <GitCompareArrows aria-hidden className="size-4" />
              {t('compare')}
            </Link>
          </>
        }
      />
      <div className="mb-5 flex flex-col gap-5">
        <ActiveVersions versions={active.items} />
        {canImport && (
          <ImportPanel
            onImported={(version) => {
              toast(t('import.done', { version: versionName(version) }));
              onOpen(version);
            }}
          />
        )}
      </div>
      <FilterBar filters={filters} onFilter={onFilter}>
        <SelectFilter
          label={t('filters.sourceType')}
          value={filters.sourceType}
          options={useValueOptions('ConfigSourceType')}
          onSelect={(sourceType) => onFilter({ sourceType })}
        />
        <SelectFilter
          label={t('filters.status')}
          value={filters.status}
          options={useValueOptions('ConfigVersionStatus')}
          onSelect={(status) => onFilter({ status })}
        />
      </FilterBar>
      <List
        label={t('label')}
        columns={columns}
        rows={rows}
        onOpen={onOpen}
        filters={filters}
        empty={{
          icon: FileSpreadsheet,
          title: t('empty.title'),
          text: t(canImport ? 'empty.text' : 'empty.textForReaders'),
        }}
      />
    </>
  );
}

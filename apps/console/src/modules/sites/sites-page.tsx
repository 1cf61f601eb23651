import type { Site } from '@apms/validators';
import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { Plus, RadioTower } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { usePagedRows } from '../../ui/paged-rows.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { SelectFilter } from '../../ui/select-filter.tsx';
import { useValueOptions } from '../../ui/use-value-text.ts';
import { siteColumns } from './site-columns.tsx';
import { type SiteFilters, sitesQuery } from './sites-query.ts';

// With its schemas, when it is first opened.
const SiteDialog = lazy(async () => ({ default: (await import('./site-dialog.tsx')).SiteDialog }));

export interface SitesPageProps {
  readonly filters: SiteFilters;
  readonly onFilter: (changed: SiteFilters) => void;
}

/** All sites of the workspace: found, added and changed. */
export function SitesPage({ filters, onFilter }: SitesPageProps) {
  const t = useTranslations('sites');
  const { can, ...api } = useWorkspace();
  const rows = usePagedRows(useSuspenseInfiniteQuery(sitesQuery(api, filters)));
  const columns = useMemo(() => siteColumns(t), [t]);
  // `new` adds one.
  const [edited, setEdited] = useState<Site | 'new' | null>(null);
  const canWrite = can('sites.write');
  const isFiltered = filters.search !== undefined || filters.status !== undefined;
  const add = canWrite && (
    <Button look="primary" icon={<Plus aria-hidden className="size-4" />} onClick={() => setEdited('new')}>
      {t('add')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} about={t('about')} actions={add} />
      <FilterBar filters={filters} onFilter={onFilter}>
        <SearchField
          label={t('filters.search')}
          value={filters.search}
          onSearch={(search) => onFilter({ search })}
        />
        <SelectFilter
          label={t('filters.status')}
          value={filters.status}
          options={useValueOptions('SiteStatus')}
          onSelect={(status) => onFilter({ status })}
        />
      </FilterBar>
      {rows.items.length > 0 ? (
        <DataTable
          label={t('label')}
          columns={columns}
          rows={rows}
          idOf={({ id }) => id}
          {...(canWrite && { onOpen: setEdited })}
        />
      ) : (
        <EmptyState
          icon={<RadioTower aria-hidden className="size-8" />}
          title={t(isFiltered ? 'empty.filteredTitle' : 'empty.title')}
          text={t(isFiltered ? 'empty.filteredText' : 'empty.text')}
          action={!isFiltered && add}
        />
      )}
      {edited !== null && (
        <Suspense>
          <SiteDialog site={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
        </Suspense>
      )}
    </>
  );
}

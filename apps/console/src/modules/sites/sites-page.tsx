import type { Site } from '@apms/validators';
import { Plus, RadioTower } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { List } from '../../ui/list.tsx';
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
  const rows = usePagedRows(sitesQuery(api, filters));
  const columns = useMemo(() => siteColumns(t), [t]);
  // `new` adds one.
  const [edited, setEdited] = useState<Site | 'new' | null>(null);
  const canWrite = can('sites.write');
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
      <List
        label={t('label')}
        columns={columns}
        rows={rows}
        {...(canWrite && { onOpen: setEdited })}
        filters={filters}
        empty={{ icon: RadioTower, title: t('empty.title'), text: t('empty.text'), action: add }}
      />
      {edited !== null && (
        <Suspense>
          <SiteDialog site={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
        </Suspense>
      )}
    </>
  );
}

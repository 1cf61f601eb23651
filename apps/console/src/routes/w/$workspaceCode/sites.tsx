import { createFileRoute } from '@tanstack/react-router';
import { searchParams } from '../../../api/search-params.ts';
import { useChangeSearch } from '../../../api/use-change-search.ts';
import { valuesOf } from '../../../messages/values-of.ts';
import { SitesPage } from '../../../modules/sites/sites-page.tsx';
import { type SiteFilters, sitesQuery } from '../../../modules/sites/sites-query.ts';
import { requirePermission } from '../../../session/enter-workspace.ts';

/** The filters are in the address, so that it can be sent to somebody. */
function readSearch(search: Record<string, unknown>): SiteFilters {
  return {
    search: searchParams.text(search['search']),
    status: searchParams.oneOf(search['status'], valuesOf('SiteStatus')),
  };
}

export const Route = createFileRoute('/w/$workspaceCode/sites')({
  validateSearch: readSearch,
  beforeLoad: ({ context }) => requirePermission(context.workspace, 'sites.read'),
  loaderDeps: ({ search }) => search,
  loader: ({ context: { api }, deps }) => api.queryClient.ensureInfiniteQueryData(sitesQuery(api, deps)),
  component: function Sites() {
    return <SitesPage filters={Route.useSearch()} onFilter={useChangeSearch(Route)} />;
  },
});

import { createFileRoute } from '@tanstack/react-router';
import { searchParams } from '../../../../api/search-params.ts';
import { useChangeSearch } from '../../../../api/use-change-search.ts';
import { AsidePage } from '../../../../modules/remediation/aside-page.tsx';
import { type AsideFilters, asideQuery } from '../../../../modules/remediation/aside-query.ts';
import { requirePermission } from '../../../../session/enter-workspace.ts';

function readSearch(search: Record<string, unknown>): AsideFilters {
  return {
    state: searchParams.oneOf(search['state'], ['ASIDE', 'RESTORED']),
    constraintName: searchParams.text(search['constraintName']),
  };
}

export const Route = createFileRoute('/w/$workspaceCode/integrity/quarantine')({
  validateSearch: readSearch,
  beforeLoad: ({ context }) => requirePermission(context.workspace, 'integrity.remediate'),
  loaderDeps: ({ search }) => search,
  loader: ({ context: { api }, deps }) => api.queryClient.ensureInfiniteQueryData(asideQuery(api, deps)),
  component: function Aside() {
    return <AsidePage filters={Route.useSearch()} onFilter={useChangeSearch(Route)} />;
  },
});

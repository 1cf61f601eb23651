import { createFileRoute } from '@tanstack/react-router';
import { searchParams } from '../../../../api/search-params.ts';
import { useChangeSearch } from '../../../../api/use-change-search.ts';
import { valuesOf } from '../../../../messages/values-of.ts';
import { type ItemFilters, itemsQuery } from '../../../../modules/punchlists/items-query.ts';
import { PunchlistsPage } from '../../../../modules/punchlists/punchlists-page.tsx';
import { requirePermission } from '../../../../session/enter-workspace.ts';

function readSearch(search: Record<string, unknown>): ItemFilters {
  return {
    status: searchParams.oneOf(search['status'], ['all', ...valuesOf('PunchlistItemStatus')] as const),
    severity: searchParams.oneOf(search['severity'], valuesOf('PunchlistItemSeverity')),
    submissionId: searchParams.text(search['submissionId']),
    workflowId: searchParams.text(search['workflowId']),
    mine: searchParams.flag(search['mine']) || undefined,
  };
}

export const Route = createFileRoute('/w/$workspaceCode/punchlists/')({
  validateSearch: readSearch,
  beforeLoad: ({ context }) => requirePermission(context.workspace, 'punchlists.read'),
  loaderDeps: ({ search }) => search,
  loader: ({ context: { api }, deps }) => api.queryClient.ensureInfiniteQueryData(itemsQuery(api, deps)),
  component: function Punchlists() {
    return <PunchlistsPage filters={Route.useSearch()} onFilter={useChangeSearch(Route)} />;
  },
});

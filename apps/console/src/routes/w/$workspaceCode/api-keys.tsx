import { createFileRoute } from '@tanstack/react-router';
import { searchParams } from '../../../api/search-params.ts';
import { useChangeSearch } from '../../../api/use-change-search.ts';
import { ApiKeysPage } from '../../../modules/api-keys/api-keys-page.tsx';
import { type ApiKeyFilters, apiKeysQuery } from '../../../modules/api-keys/api-keys-query.ts';
import { requirePermission } from '../../../session/enter-workspace.ts';

function readSearch(search: Record<string, unknown>): ApiKeyFilters {
  return { owner: searchParams.oneOf(search['owner'], ['EVERYBODY']) };
}

export const Route = createFileRoute('/w/$workspaceCode/api-keys')({
  validateSearch: readSearch,
  beforeLoad: ({ context, search }) => {
    requirePermission(context.workspace, 'apiKeys.own');
    if (search.owner === 'EVERYBODY') requirePermission(context.workspace, 'members.manage');
  },
  loaderDeps: ({ search }) => search,
  loader: ({ context: { api }, deps }) => api.queryClient.ensureInfiniteQueryData(apiKeysQuery(api, deps)),
  component: function ApiKeys() {
    return <ApiKeysPage filters={Route.useSearch()} onFilter={useChangeSearch(Route)} />;
  },
});

import { createFileRoute } from '@tanstack/react-router';
import { searchParams } from '../../../../api/search-params.ts';
import { useChangeSearch } from '../../../../api/use-change-search.ts';
import { valuesOf } from '../../../../messages/values-of.ts';
import { RoutingPreviewPage } from '../../../../modules/routing-preview/routing-preview-page.tsx';
import {
  activeMatrixQuery,
  type RoutingSearch,
  scopesQuery,
  vendorsQuery,
} from '../../../../modules/routing-preview/routing-queries.ts';
import { requirePermission } from '../../../../session/enter-workspace.ts';

function readSearch(search: Record<string, unknown>): RoutingSearch {
  return {
    site: searchParams.text(search['site']),
    scope: searchParams.text(search['scope']),
    vendor: searchParams.text(search['vendor']),
    category: searchParams.oneOf(search['category'], valuesOf('AtpCategory')),
  };
}

export const Route = createFileRoute('/w/$workspaceCode/configuration/preview')({
  validateSearch: readSearch,
  beforeLoad: ({ context }) => {
    requirePermission(context.workspace, 'config.read');
    requirePermission(context.workspace, 'workflows.read');
  },
  loader: async ({ context: { api } }) => {
    const { items } = await api.queryClient.ensureQueryData(activeMatrixQuery(api));
    await Promise.all(
      items.flatMap(({ id }) => [
        api.queryClient.ensureQueryData(scopesQuery(api, id)),
        api.queryClient.ensureQueryData(vendorsQuery(api, id)),
      ]),
    );
  },
  component: function Preview() {
    return <RoutingPreviewPage search={Route.useSearch()} onSearch={useChangeSearch(Route)} />;
  },
});

import { createFileRoute } from '@tanstack/react-router';
import { searchParams } from '../../../api/search-params.ts';
import { useChangeSearch } from '../../../api/use-change-search.ts';
import { valuesOf } from '../../../messages/values-of.ts';
import { OverridesPage } from '../../../modules/overrides/overrides-page.tsx';
import { type OverrideFilters, overridesQuery } from '../../../modules/overrides/overrides-query.ts';
import { requirePermission } from '../../../session/enter-workspace.ts';

function readSearch(search: Record<string, unknown>): OverrideFilters {
  return {
    approvalStatus: searchParams.oneOf(search['approvalStatus'], valuesOf('OverrideApprovalStatus')),
    overrideType: searchParams.oneOf(search['overrideType'], valuesOf('OverrideType')),
    inForce: searchParams.flag(search['inForce']) || undefined,
    overrideId: searchParams.text(search['overrideId']),
  };
}

export const Route = createFileRoute('/w/$workspaceCode/overrides')({
  validateSearch: readSearch,
  beforeLoad: ({ context }) => requirePermission(context.workspace, 'overrides.read'),
  // Which one is open is no matter of the list.
  loaderDeps: ({ search }) => ({ ...search, overrideId: undefined }),
  loader: ({ context: { api }, deps }) => api.queryClient.ensureInfiniteQueryData(overridesQuery(api, deps)),
  component: function Overrides() {
    return <OverridesPage filters={Route.useSearch()} onFilter={useChangeSearch(Route)} />;
  },
});

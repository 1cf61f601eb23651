import { createFileRoute } from '@tanstack/react-router';
import { searchParams } from '../../../../api/search-params.ts';
import { useChangeSearch } from '../../../../api/use-change-search.ts';
import { valuesOf } from '../../../../messages/values-of.ts';
import { DeploymentsPage } from '../../../../modules/deployments/deployments-page.tsx';
import {
  type DeploymentFilters,
  deploymentsQuery,
} from '../../../../modules/deployments/deployments-query.ts';
import { requirePermission } from '../../../../session/enter-workspace.ts';

function readSearch(search: Record<string, unknown>): DeploymentFilters {
  return {
    target: searchParams.text(search['target']),
    outcome: searchParams.oneOf(search['outcome'], valuesOf('DeploymentOutcome')),
  };
}

export const Route = createFileRoute('/w/$workspaceCode/deployments/')({
  validateSearch: readSearch,
  beforeLoad: ({ context }) => requirePermission(context.workspace, 'deployments.read'),
  loaderDeps: ({ search }) => ({ target: search.target }),
  loader: async ({ context: { api }, deps }) => {
    const { targets } = await api.queryClient.ensureQueryData(api.trpc.deployments.targets.queryOptions());
    const { target = targets[0] } = deps;
    if (target === undefined || !targets.includes(target)) return;
    await api.queryClient.ensureInfiniteQueryData(deploymentsQuery(api, target));
  },
  component: function Deployments() {
    return <DeploymentsPage filters={Route.useSearch()} onFilter={useChangeSearch(Route)} />;
  },
});

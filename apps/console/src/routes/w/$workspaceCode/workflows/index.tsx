import { createFileRoute } from '@tanstack/react-router';
import { searchParams } from '../../../../api/search-params.ts';
import { useChangeSearch } from '../../../../api/use-change-search.ts';
import { valuesOf } from '../../../../messages/values-of.ts';
import { WorkflowsPage } from '../../../../modules/workflows/workflows-page.tsx';
import { type WorkflowFilters, workflowsQuery } from '../../../../modules/workflows/workflows-query.ts';
import { requirePermission } from '../../../../session/enter-workspace.ts';

function readSearch(search: Record<string, unknown>): WorkflowFilters {
  return {
    status: searchParams.oneOf(search['status'], valuesOf('WorkflowStatus')),
    scopeCode: searchParams.text(search['scopeCode']),
    vendorCode: searchParams.text(search['vendorCode']),
    siteId: searchParams.text(search['siteId']),
    configVersionId: searchParams.text(search['configVersionId']),
    approverId: searchParams.text(search['approverId']),
    breached: searchParams.flag(search['breached']) || undefined,
  };
}

export const Route = createFileRoute('/w/$workspaceCode/workflows/')({
  validateSearch: readSearch,
  beforeLoad: ({ context }) => requirePermission(context.workspace, 'workflows.read'),
  loaderDeps: ({ search }) => search,
  loader: ({ context: { api }, deps }) => api.queryClient.ensureInfiniteQueryData(workflowsQuery(api, deps)),
  component: function Workflows() {
    return <WorkflowsPage filters={Route.useSearch()} onFilter={useChangeSearch(Route)} />;
  },
});

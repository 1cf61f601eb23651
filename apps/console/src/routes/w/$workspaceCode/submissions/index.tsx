import { createFileRoute } from '@tanstack/react-router';
import { searchParams } from '../../../../api/search-params.ts';
import { useChangeSearch } from '../../../../api/use-change-search.ts';
import { valuesOf } from '../../../../messages/values-of.ts';
import { SubmissionsPage } from '../../../../modules/submissions/submissions-page.tsx';
import {
  type SubmissionFilters,
  submissionsQuery,
} from '../../../../modules/submissions/submissions-query.ts';
import { requirePermission } from '../../../../session/enter-workspace.ts';

/** The filters are in the address, so that it can be sent to somebody. */
function readSearch(search: Record<string, unknown>): SubmissionFilters {
  return {
    search: searchParams.text(search['search']),
    status: searchParams.oneOf(search['status'], valuesOf('SubmissionStatus')),
    scopeCode: searchParams.text(search['scopeCode']),
    vendorCode: searchParams.text(search['vendorCode']),
    siteId: searchParams.text(search['siteId']),
    mine: searchParams.flag(search['mine']) || undefined,
  };
}

export const Route = createFileRoute('/w/$workspaceCode/submissions/')({
  validateSearch: readSearch,
  beforeLoad: ({ context }) => requirePermission(context.workspace, 'submissions.read'),
  loaderDeps: ({ search }) => search,
  loader: ({ context: { api }, deps }) =>
    api.queryClient.ensureInfiniteQueryData(submissionsQuery(api, deps)),
  component: function Submissions() {
    return <SubmissionsPage filters={Route.useSearch()} onFilter={useChangeSearch(Route)} />;
  },
});

import { createFileRoute, Outlet } from '@tanstack/react-router';
import { searchParams } from '../../../../api/search-params.ts';
import { useChangeSearch } from '../../../../api/use-change-search.ts';
import { InboxPage } from '../../../../modules/inbox/inbox-page.tsx';
import { type InboxFilters, inboxQuery } from '../../../../modules/inbox/inbox-query.ts';
import { requirePermission } from '../../../../session/enter-workspace.ts';

function readSearch(search: Record<string, unknown>): InboxFilters {
  return {
    search: searchParams.text(search['search']),
    scopeCode: searchParams.text(search['scopeCode']),
    roleCode: searchParams.text(search['roleCode']),
    breached: searchParams.flag(search['breached']),
  };
}

/** The list; an opened stage lies below it in the tree, and is shown beside it. */
export const Route = createFileRoute('/w/$workspaceCode/inbox')({
  validateSearch: readSearch,
  beforeLoad: ({ context }) => requirePermission(context.workspace, 'workflows.decide'),
  loaderDeps: ({ search }) => search,
  loader: ({ context: { api }, deps }) => api.queryClient.ensureInfiniteQueryData(inboxQuery(api, deps)),
  component: function Inbox() {
    return (
      <InboxPage filters={Route.useSearch()} onFilter={useChangeSearch(Route)}>
        <Outlet />
      </InboxPage>
    );
  },
});

import { createFileRoute } from '@tanstack/react-router';
import { searchParams } from '../../../../api/search-params.ts';
import { useChangeSearch } from '../../../../api/use-change-search.ts';
import { valuesOf } from '../../../../messages/values-of.ts';
import { PeoplePage } from '../../../../modules/people/people-page.tsx';
import { type PeopleFilters, peopleQuery } from '../../../../modules/people/people-query.ts';
import { requirePermission } from '../../../../session/enter-workspace.ts';

function readSearch(search: Record<string, unknown>): PeopleFilters {
  return {
    search: searchParams.text(search['search']),
    status: searchParams.oneOf(search['status'], valuesOf('UserStatus')),
    role: searchParams.oneOf(search['role'], valuesOf('MembershipRole')),
  };
}

export const Route = createFileRoute('/w/$workspaceCode/people/')({
  validateSearch: readSearch,
  beforeLoad: ({ context }) => requirePermission(context.workspace, 'members.read'),
  loaderDeps: ({ search }) => search,
  loader: ({ context: { api }, deps }) => api.queryClient.ensureInfiniteQueryData(peopleQuery(api, deps)),
  component: function People() {
    return <PeoplePage filters={Route.useSearch()} onFilter={useChangeSearch(Route)} />;
  },
});

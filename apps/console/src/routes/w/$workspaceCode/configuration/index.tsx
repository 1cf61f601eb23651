import { createFileRoute } from '@tanstack/react-router';
import { searchParams } from '../../../../api/search-params.ts';
import { useChangeSearch } from '../../../../api/use-change-search.ts';
import { valuesOf } from '../../../../messages/values-of.ts';
import { VersionsPage } from '../../../../modules/configuration/versions-page.tsx';
import {
  activeVersionsQuery,
  type VersionFilters,
  versionsQuery,
} from '../../../../modules/configuration/versions-query.ts';
import { requirePermission } from '../../../../session/enter-workspace.ts';

function readSearch(search: Record<string, unknown>): VersionFilters {
  return {
    sourceType: searchParams.oneOf(search['sourceType'], valuesOf('ConfigSourceType')),
    status: searchParams.oneOf(search['status'], valuesOf('ConfigVersionStatus')),
  };
}

export const Route = createFileRoute('/w/$workspaceCode/configuration/')({
  validateSearch: readSearch,
  beforeLoad: ({ context }) => requirePermission(context.workspace, 'config.read'),
  loaderDeps: ({ search }) => search,
  loader: ({ context: { api }, deps }) =>
    Promise.all([
      api.queryClient.ensureInfiniteQueryData(versionsQuery(api, deps)),
      api.queryClient.ensureQueryData(activeVersionsQuery(api)),
    ]),
  component: function Versions() {
    const navigate = Route.useNavigate();
    return (
      <VersionsPage
        filters={Route.useSearch()}
        onFilter={useChangeSearch(Route)}
        onOpen={({ id }) =>
          void navigate({
            to: '/w/$workspaceCode/configuration/$configVersionId',
            params: (former) => ({ ...former, configVersionId: id }),
          })
        }
      />
    );
  },
});

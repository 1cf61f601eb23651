import { useSuspenseQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { useChangeSearch } from '../../../../api/use-change-search.ts';
import { VersionNotFound } from '../../../../modules/configuration/version-not-found.tsx';
import { VersionPage } from '../../../../modules/configuration/version-page.tsx';
import { readVersionSearch } from '../../../../modules/configuration/version-search.ts';
import { requirePermission } from '../../../../session/enter-workspace.ts';
import { useWorkspace } from '../../../../session/use-workspace.ts';

export const Route = createFileRoute('/w/$workspaceCode/configuration/$configVersionId')({
  validateSearch: readVersionSearch,
  beforeLoad: ({ context }) => requirePermission(context.workspace, 'config.read'),
  loader: async ({ context: { api }, params: { configVersionId } }) => {
    await api.queryClient.ensureQueryData(api.trpc.configVersions.get.queryOptions({ configVersionId }));
  },
  errorComponent: VersionNotFound,
  component: function Version() {
    const { configVersionId } = Route.useParams();
    const { trpc } = useWorkspace();
    const { data } = useSuspenseQuery(trpc.configVersions.get.queryOptions({ configVersionId }));
    return (
      <VersionPage
        key={configVersionId}
        version={data}
        search={Route.useSearch()}
        onSearch={useChangeSearch(Route)}
      />
    );
  },
});

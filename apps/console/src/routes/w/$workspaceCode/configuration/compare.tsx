import { useSuspenseQueries, useSuspenseQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { searchParams } from '../../../../api/search-params.ts';
import { useChangeSearch } from '../../../../api/use-change-search.ts';
import { valuesOf } from '../../../../messages/values-of.ts';
import { ComparisonPage } from '../../../../modules/configuration/comparison-page.tsx';
import {
  type ComparisonSearch,
  versionChoicesQuery,
} from '../../../../modules/configuration/comparison-query.ts';
import { VersionNotFound } from '../../../../modules/configuration/version-not-found.tsx';
import { requirePermission } from '../../../../session/enter-workspace.ts';
import { useWorkspace } from '../../../../session/use-workspace.ts';

function readSearch(search: Record<string, unknown>): ComparisonSearch {
  return {
    from: searchParams.text(search['from']),
    to: searchParams.text(search['to']),
    kind: searchParams.oneOf(search['kind'], valuesOf('ConfigRowKind')),
    change: searchParams.oneOf(search['change'], valuesOf('ConfigChange')),
  };
}

function chosenIn({ from, to }: ComparisonSearch): string[] {
  return [...new Set([from, to].filter((id) => id !== undefined))];
}

export const Route = createFileRoute('/w/$workspaceCode/configuration/compare')({
  validateSearch: readSearch,
  beforeLoad: ({ context }) => requirePermission(context.workspace, 'config.read'),
  loaderDeps: ({ search: { from, to } }) => ({ from, to }),
  loader: ({ context: { api }, deps }) =>
    Promise.all([
      api.queryClient.ensureQueryData(versionChoicesQuery(api)),
      ...chosenIn(deps).map((configVersionId) =>
        api.queryClient.ensureQueryData(api.trpc.configVersions.get.queryOptions({ configVersionId })),
      ),
    ]),
  errorComponent: VersionNotFound,
  component: function Compare() {
    const search = Route.useSearch();
    const { trpc } = useWorkspace();
    const { data } = useSuspenseQuery(versionChoicesQuery({ trpc }));
    const chosen = useSuspenseQueries({
      queries: chosenIn(search).map((configVersionId) =>
        trpc.configVersions.get.queryOptions({ configVersionId }),
      ),
    });
    const others = chosen.flatMap(({ data: one }) =>
      data.items.some(({ id }) => id === one.id) ? [] : [one],
    );
    return (
      <ComparisonPage
        versions={[...data.items, ...others]}
        search={search}
        onSearch={useChangeSearch(Route)}
      />
    );
  },
});

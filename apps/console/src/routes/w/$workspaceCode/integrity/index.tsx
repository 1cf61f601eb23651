import { createFileRoute } from '@tanstack/react-router';
import { searchParams } from '../../../../api/search-params.ts';
import { useChangeSearch } from '../../../../api/use-change-search.ts';
import { valuesOf } from '../../../../messages/values-of.ts';
import { auditsQuery, latestAuditQuery } from '../../../../modules/integrity/audits-query.ts';
import { IntegrityPage, type IntegritySearch } from '../../../../modules/integrity/integrity-page.tsx';
import { trendPeriodNames, trendQuery } from '../../../../modules/integrity/trend-query.ts';
import { requirePermission } from '../../../../session/enter-workspace.ts';

function readSearch(search: Record<string, unknown>): IntegritySearch {
  return {
    period: searchParams.oneOf(search['period'], trendPeriodNames),
    bucket: searchParams.oneOf(search['bucket'], valuesOf('TrendBucket')),
    origin: searchParams.oneOf(search['origin'], valuesOf('IntegrityOrigin')),
    health: searchParams.oneOf(search['health'], valuesOf('IntegrityHealth')),
  };
}

export const Route = createFileRoute('/w/$workspaceCode/integrity/')({
  validateSearch: readSearch,
  beforeLoad: ({ context }) => requirePermission(context.workspace, 'integrity.read'),
  loaderDeps: ({ search }) => search,
  loader: async ({ context: { api }, deps: { period, bucket, ...filters } }) => {
    const { queryClient, trpc } = api;
    const latest = await queryClient.ensureQueryData(latestAuditQuery(api));
    if (latest === null) return;
    await Promise.all([
      queryClient.ensureQueryData(trpc.integrityAudits.orphans.queryOptions({ auditId: latest.id })),
      queryClient.ensureQueryData(trendQuery(api, { period, bucket })),
      queryClient.ensureInfiniteQueryData(auditsQuery(api, filters)),
    ]);
  },
  component: function Integrity() {
    return <IntegrityPage search={Route.useSearch()} onSearch={useChangeSearch(Route)} />;
  },
});

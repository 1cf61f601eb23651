import type { ListIntegrityAudits } from '@apms/validators';
import { queryOptions } from '@tanstack/react-query';
import { pagesOf } from '../../api/pages-of.ts';
import type { WorkspaceApi } from '../../api/workspace-api.ts';

type Api = Pick<WorkspaceApi, 'trpc' | 'client'>;

/** By what audits are narrowed down. */
export interface AuditFilters {
  readonly origin?: ListIntegrityAudits['origin'] | undefined;
  readonly health?: ListIntegrityAudits['health'] | undefined;
}

/** Audits, the newest first, page by page. */
export function auditsQuery({ trpc, client }: Api, filters: AuditFilters) {
  return pagesOf(trpc.integrityAudits.history.infiniteQueryKey(filters), (page, options) =>
    client.integrityAudits.history.query({ ...filters, ...page }, options),
  );
}

/** The newest audit; null while none has run. */
export function latestAuditQuery({ trpc, client }: Api) {
  return queryOptions({
    queryKey: [...trpc.integrityAudits.history.queryKey(), 'latest'],
    queryFn: async ({ signal }) => {
      const { items } = await client.integrityAudits.history.query({ limit: 1 }, { signal });
      return items[0] ?? null;
    },
  });
}

import type { Scope, Vendor } from '@apms/validators';
import { queryOptions } from '@tanstack/react-query';
import { activeVersionId } from '../../api/active-version-id.ts';
import { allPages } from '../../api/all-pages.ts';
import type { WorkspaceApi } from '../../api/workspace-api.ts';

/** What work can be submitted for under the ACTIVE configuration. */
export interface ActiveCodes {
  readonly scopes: readonly Scope[];
  readonly vendors: readonly Vendor[];
}

/** Scopes and vendors of the ACTIVE configuration that are in use; null when no configuration is ACTIVE. */
export function activeCodesQuery({ client, trpc }: Pick<WorkspaceApi, 'client' | 'trpc'>) {
  return queryOptions({
    queryKey: [...trpc.configVersions.pathKey(), 'activeCodes'],
    queryFn: async ({ signal }): Promise<ActiveCodes | null> => {
      const configVersionId = await activeVersionId(client, signal);
      if (configVersionId === undefined) return null;
      const inUse = { configVersionId, isActive: true, limit: 200 };
      const [scopes, vendors] = await Promise.all([
        allPages((page) => client.scopes.list.query({ ...inUse, ...page }, { signal })),
        allPages((page) => client.vendors.list.query({ ...inUse, ...page }, { signal })),
      ]);
      return { scopes, vendors };
    },
    staleTime: 60_000,
  });
}

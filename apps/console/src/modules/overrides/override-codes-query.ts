import type { ApprovalRole } from '@apms/validators';
import { queryOptions } from '@tanstack/react-query';
import { activeVersionId } from '../../api/active-version-id.ts';
import { allPages } from '../../api/all-pages.ts';
import type { WorkspaceApi } from '../../api/workspace-api.ts';

/** What an override can be for under the ACTIVE configuration; of clusters there are too many to be read at once. */
export interface OverrideCodes {
  readonly configVersionId: string;
  readonly seats: readonly ApprovalRole[];
  readonly regions: readonly string[];
}

/** Null when no configuration is ACTIVE. */
export function overrideCodesQuery({ client, trpc }: Pick<WorkspaceApi, 'client' | 'trpc'>) {
  return queryOptions({
    queryKey: [...trpc.configVersions.pathKey(), 'overrideCodes'],
    queryFn: async ({ signal }): Promise<OverrideCodes | null> => {
      const configVersionId = await activeVersionId(client, signal);
      if (configVersionId === undefined) return null;
      const [seats, { regions }] = await Promise.all([
        allPages((page) =>
          client.approvalRoles.list.query({ configVersionId, limit: 200, ...page }, { signal }),
        ),
        client.clusters.regions.query({ configVersionId }, { signal }),
      ]);
      return { configVersionId, seats, regions };
    },
    staleTime: 60_000,
  });
}

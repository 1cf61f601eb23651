import type { ListConfigVersions } from '@apms/validators';
import { pagesOf } from '../../api/pages-of.ts';
import type { WorkspaceApi } from '../../api/workspace-api.ts';

type Api = Pick<WorkspaceApi, 'trpc' | 'client'>;

/** By what config versions are narrowed down. */
export interface VersionFilters {
  readonly sourceType?: ListConfigVersions['sourceType'] | undefined;
  readonly status?: ListConfigVersions['status'] | undefined;
}

/** Config versions, the newest first, page by page. */
export function versionsQuery({ trpc, client }: Api, filters: VersionFilters) {
  return pagesOf(trpc.configVersions.list.infiniteQueryKey(filters), (page, options) =>
    client.configVersions.list.query({ ...filters, ...page }, options),
  );
}

/** The ACTIVE version of each source. */
export function activeVersionsQuery({ trpc }: Pick<WorkspaceApi, 'trpc'>) {
  return trpc.configVersions.list.queryOptions({ status: 'ACTIVE' });
}

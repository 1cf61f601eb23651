import type { ListSites } from '@apms/validators';
import { pagesOf } from '../../api/pages-of.ts';
import type { WorkspaceApi } from '../../api/workspace-api.ts';

/** By what sites are narrowed down. */
export interface SiteFilters {
  readonly search?: string | undefined;
  readonly status?: ListSites['status'] | undefined;
}

/** Sites by their codes, page by page. */
export function sitesQuery({ trpc, client }: Pick<WorkspaceApi, 'trpc' | 'client'>, filters: SiteFilters) {
  return pagesOf(trpc.sites.list.infiniteQueryKey(filters), (page, options) =>
    client.sites.list.query({ ...filters, ...page }, options),
  );
}

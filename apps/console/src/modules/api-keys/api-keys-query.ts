import type { ListApiKeys } from '@apms/validators';
import { pagesOf } from '../../api/pages-of.ts';
import type { WorkspaceApi } from '../../api/workspace-api.ts';

/** Whose keys are listed; one's own where nothing is said. */
export interface ApiKeyFilters {
  readonly owner?: ListApiKeys['owner'] | undefined;
}

/** Keys for the workspace, the newest first, page by page. */
export function apiKeysQuery(
  { trpc, client }: Pick<WorkspaceApi, 'trpc' | 'client'>,
  filters: ApiKeyFilters,
) {
  return pagesOf(trpc.apiKeys.list.infiniteQueryKey(filters), (page, options) =>
    client.apiKeys.list.query({ ...filters, ...page }, options),
  );
}

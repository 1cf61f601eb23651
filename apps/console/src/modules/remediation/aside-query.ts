import type { ListQuarantinedRows } from '@apms/validators';
import { pagesOf } from '../../api/pages-of.ts';
import type { WorkspaceApi } from '../../api/workspace-api.ts';

/** By what rows that were set aside are narrowed down. */
export interface AsideFilters {
  readonly state?: ListQuarantinedRows['state'] | undefined;
  readonly constraintName?: string | undefined;
}

/** Rows of the workspace that were set aside, the newest first, page by page. */
export function asideQuery({ trpc, client }: Pick<WorkspaceApi, 'trpc' | 'client'>, filters: AsideFilters) {
  return pagesOf(trpc.integrityAudits.quarantined.infiniteQueryKey(filters), (page, options) =>
    client.integrityAudits.quarantined.query({ ...filters, ...page }, options),
  );
}

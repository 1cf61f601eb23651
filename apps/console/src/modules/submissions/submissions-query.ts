import type { ListSubmissions } from '@apms/validators';
import { pagesOf } from '../../api/pages-of.ts';
import type { WorkspaceApi } from '../../api/workspace-api.ts';

/** By what submissions are narrowed down. */
export interface SubmissionFilters {
  readonly search?: string | undefined;
  readonly status?: ListSubmissions['status'] | undefined;
  readonly scopeCode?: string | undefined;
  readonly vendorCode?: string | undefined;
  readonly siteId?: string | undefined;
  readonly mine?: true | undefined;
}

/** Submissions, the newest first, page by page. */
export function submissionsQuery(
  { trpc, client }: Pick<WorkspaceApi, 'trpc' | 'client'>,
  filters: SubmissionFilters,
) {
  return pagesOf(trpc.submissions.list.infiniteQueryKey(filters), (page, options) =>
    client.submissions.list.query({ ...filters, ...page }, options),
  );
}

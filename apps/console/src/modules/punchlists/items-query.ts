import type { ListPunchlistItems } from '@apms/validators';
import { pagesOf } from '../../api/pages-of.ts';
import type { WorkspaceApi } from '../../api/workspace-api.ts';

/** By what punchlist items are narrowed down. */
export interface ItemFilters {
  /** OPEN when absent; `all` only of one submission or review. */
  readonly status?: ListPunchlistItems['status'] | 'all' | undefined;
  readonly severity?: ListPunchlistItems['severity'] | undefined;
  readonly submissionId?: string | undefined;
  readonly workflowId?: string | undefined;
  /** Only those that the reader raised. */
  readonly mine?: true | undefined;
}

/** The state that is shown: the API lists all of them only of one submission or review. */
export function shownStatus({ status = 'OPEN', submissionId, workflowId }: ItemFilters) {
  const isOfOne = submissionId !== undefined || workflowId !== undefined;
  return status === 'all' && !isOfOne ? 'OPEN' : status;
}

/** Punchlist items, the newest first, page by page. */
export function itemsQuery({ trpc, client }: Pick<WorkspaceApi, 'trpc' | 'client'>, filters: ItemFilters) {
  const status = shownStatus(filters);
  const wanted = { ...filters, status: status === 'all' ? undefined : status };
  return pagesOf(trpc.punchlists.listItems.infiniteQueryKey(wanted), (page, options) =>
    client.punchlists.listItems.query({ ...wanted, ...page }, options),
  );
}

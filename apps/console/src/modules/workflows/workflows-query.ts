import type { ListWorkflows } from '@apms/validators';
import { pagesOf } from '../../api/pages-of.ts';
import type { WorkspaceApi } from '../../api/workspace-api.ts';

/** By what workflows are narrowed down. */
export interface WorkflowFilters {
  readonly status?: ListWorkflows['status'] | undefined;
  readonly scopeCode?: string | undefined;
  readonly vendorCode?: string | undefined;
  readonly siteId?: string | undefined;
  readonly configVersionId?: string | undefined;
  readonly approverId?: string | undefined;
  /** Only those of which a stage was not decided in time. */
  readonly breached?: true | undefined;
}

/** Workflows, the latest first, page by page. */
export function workflowsQuery(
  { trpc, client }: Pick<WorkspaceApi, 'trpc' | 'client'>,
  filters: WorkflowFilters,
) {
  return pagesOf(trpc.workflows.list.infiniteQueryKey(filters), (page, options) =>
    client.workflows.list.query({ ...filters, ...page }, options),
  );
}

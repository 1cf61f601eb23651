import type { InboxTask } from '@apms/validators';
import { type InfiniteData, queryOptions } from '@tanstack/react-query';
import { type Page, pagesOf } from '../../api/pages-of.ts';
import type { WorkspaceApi } from '../../api/workspace-api.ts';

/** By what the stages that await somebody are narrowed down. */
export interface InboxFilters {
  readonly search?: string | undefined;
  readonly scopeCode?: string | undefined;
  readonly roleCode?: string | undefined;
  /** Only those whose time is over, or only those whose time is not. */
  readonly breached?: boolean | undefined;
}

type Api = Pick<WorkspaceApi, 'trpc' | 'client' | 'queryClient'>;

/** The first page is small, to be there soon; the others are large, for whoever scrolls far. */
const FIRST = 50;
const FURTHER = 200;

/** What awaits the caller, the most urgent first, page by page. */
export function inboxQuery({ trpc, client }: Pick<Api, 'trpc' | 'client'>, filters: InboxFilters) {
  return pagesOf(trpc.workflows.inbox.infiniteQueryKey(filters), (page, options) =>
    client.workflows.inbox.query(
      { ...filters, ...page, limit: page.cursor === undefined ? FIRST : FURTHER },
      options,
    ),
  );
}

/** The stage as a list of the inbox has it, if one that was read has it. */
export function knownTask({ trpc, queryClient }: Api, stageId: string): InboxTask | undefined {
  const lists = queryClient.getQueriesData<InfiniteData<Page<InboxTask>>>({
    queryKey: trpc.workflows.inbox.infiniteQueryKey(),
  });
  for (const [, list] of lists) {
    const task = list?.pages.flatMap(({ items }) => items).find((one) => one.stageId === stageId);
    if (task !== undefined) return task;
  }
  return undefined;
}

/** Where a stage stands now, and which workflow it is part of. */
export function stageQuery({ trpc }: Pick<Api, 'trpc'>, stageId: string) {
  return trpc.workflows.getStage.queryOptions({ stageId });
}

/** Everything that was decided in the workflow of a stage. */
export function timelineQuery({ trpc }: Pick<Api, 'trpc'>, workflowId: string) {
  return trpc.workflows.timeline.queryOptions({ workflowId });
}

/** The submission under review, and the defects of all its reviews that are not closed yet. */
export function submissionQuery({ trpc, client }: Pick<Api, 'trpc' | 'client'>, submissionId: string) {
  return queryOptions({
    queryKey: [...trpc.submissions.get.queryKey({ submissionId }), 'with its items'],
    queryFn: async ({ signal }) => {
      const [submission, { items }] = await Promise.all([
        client.submissions.get.query({ submissionId }, { signal }),
        client.punchlists.listItems.query({ submissionId, limit: 200 }, { signal }),
      ]);
      return { submission, openItems: items.filter(({ status }) => status !== 'CLOSED') };
    },
  });
}

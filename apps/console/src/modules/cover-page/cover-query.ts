import type { Document, ListedPunchlistItem, SubmissionDetails, WorkflowTimeline } from '@apms/validators';
import { queryOptions } from '@tanstack/react-query';
import { allPages } from '../../api/all-pages.ts';
import type { WorkspaceApi } from '../../api/workspace-api.ts';

/** Everything that a cover page states. */
export interface Cover {
  readonly submission: SubmissionDetails;
  /** Every review, the earliest first. */
  readonly reviews: readonly WorkflowTimeline[];
  /** By their ids, for their checksums. */
  readonly documents: ReadonlyMap<string, Document>;
  /** Of all reviews, without those of cancelled lists. */
  readonly items: readonly ListedPunchlistItem[];
  /** When it was read: what the page states held then. */
  readonly readAt: string;
}

/** A submission with all its reviews, documents and defects, read together. */
export function coverQuery({ client, trpc }: Pick<WorkspaceApi, 'client' | 'trpc'>, submissionId: string) {
  return queryOptions({
    queryKey: [...trpc.submissions.pathKey(), 'cover', submissionId],
    queryFn: async ({ signal }): Promise<Cover> => {
      const options = { signal };
      const readAt = new Date().toISOString();
      const [submission, items] = await Promise.all([
        client.submissions.get.query({ submissionId }, options),
        allPages((page) =>
          client.punchlists.listItems.query({ submissionId, limit: 200, direction: 'asc', ...page }, options),
        ),
      ]);
      const [reviews, documents] = await Promise.all([
        Promise.all(
          submission.workflows.map(({ id }) => client.workflows.timeline.query({ workflowId: id }, options)),
        ),
        Promise.all(
          submission.documents.map(({ documentId }) => client.documents.get.query({ documentId }, options)),
        ),
      ]);
      return {
        submission,
        reviews,
        documents: new Map(documents.map((document) => [document.id, document])),
        items,
        readAt,
      };
    },
    staleTime: 0,
  });
}

import { useWorkspace } from '../../session/use-workspace.ts';

/** Reads anew whatever a change of a review shows in: reviews, submissions, punchlists and overrides. */
export function useRefreshReviews(): () => Promise<unknown> {
  const { queryClient, trpc } = useWorkspace();
  const { workflows, submissions, punchlists, overrides } = trpc;
  return () =>
    Promise.all(
      [workflows, submissions, punchlists, overrides].map((module) =>
        queryClient.invalidateQueries(module.pathFilter()),
      ),
    );
}

import { createFileRoute } from '@tanstack/react-router';
import {
  knownTask,
  stageQuery,
  submissionQuery,
  timelineQuery,
} from '../../../../modules/inbox/inbox-query.ts';
import { StagePage } from '../../../../modules/inbox/stage-page.tsx';

export const Route = createFileRoute('/w/$workspaceCode/inbox/$stageId')({
  loader: async ({ context: { api }, params: { stageId } }) => {
    const { queryClient } = api;
    const task = knownTask(api, stageId);
    if (task === undefined) {
      const { workflowId } = await queryClient.ensureQueryData(stageQuery(api, stageId));
      await queryClient.ensureQueryData(timelineQuery(api, workflowId));
      return;
    }
    // What the list knows is shown at once; the rest comes when it comes.
    void queryClient.prefetchQuery(timelineQuery(api, task.workflowId));
    if (task.submission !== null) void queryClient.prefetchQuery(submissionQuery(api, task.submission.id));
    void queryClient.prefetchQuery(stageQuery(api, stageId));
  },
  component: function Stage() {
    const { stageId } = Route.useParams();
    return <StagePage stageId={stageId} />;
  },
});

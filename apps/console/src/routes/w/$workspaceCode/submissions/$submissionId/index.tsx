import { createFileRoute } from '@tanstack/react-router';
import { SubmissionPage } from '../../../../../modules/submissions/submission-page.tsx';
import { requirePermission } from '../../../../../session/enter-workspace.ts';
import { notInWorkspace } from '../../../../../ui/not-in-workspace.tsx';

export const Route = createFileRoute('/w/$workspaceCode/submissions/$submissionId/')({
  beforeLoad: ({ context }) => requirePermission(context.workspace, 'submissions.read'),
  loader: ({ context: { api }, params: { submissionId } }) =>
    api.queryClient.ensureQueryData(api.trpc.submissions.get.queryOptions({ submissionId })),
  errorComponent: notInWorkspace('/w/$workspaceCode/submissions'),
  component: function Submission() {
    return <SubmissionPage submissionId={Route.useParams().submissionId} />;
  },
});

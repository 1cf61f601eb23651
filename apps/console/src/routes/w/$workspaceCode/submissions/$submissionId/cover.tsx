import { createFileRoute } from '@tanstack/react-router';
import { CoverPage } from '../../../../../modules/cover-page/cover-page.tsx';
import { coverQuery } from '../../../../../modules/cover-page/cover-query.ts';
import { requirePermission } from '../../../../../session/enter-workspace.ts';
import { notInWorkspace } from '../../../../../ui/not-in-workspace.tsx';

export const Route = createFileRoute('/w/$workspaceCode/submissions/$submissionId/cover')({
  beforeLoad: ({ context }) => requirePermission(context.workspace, 'submissions.read'),
  loader: ({ context: { api }, params: { submissionId } }) =>
    api.queryClient.ensureQueryData(coverQuery(api, submissionId)),
  errorComponent: notInWorkspace('/w/$workspaceCode/submissions'),
  component: function Cover() {
    return <CoverPage submissionId={Route.useParams().submissionId} />;
  },
});

import { createFileRoute } from '@tanstack/react-router';
import { WorkflowPage } from '../../../../modules/workflows/workflow-page.tsx';
import { requirePermission } from '../../../../session/enter-workspace.ts';
import { notInWorkspace } from '../../../../ui/not-in-workspace.tsx';

export const Route = createFileRoute('/w/$workspaceCode/workflows/$workflowId')({
  beforeLoad: ({ context }) => requirePermission(context.workspace, 'workflows.read'),
  loader: ({ context: { api }, params: { workflowId } }) =>
    api.queryClient.ensureQueryData(api.trpc.workflows.timeline.queryOptions({ workflowId })),
  errorComponent: notInWorkspace('/w/$workspaceCode/workflows'),
  component: function Workflow() {
    return <WorkflowPage workflowId={Route.useParams().workflowId} />;
  },
});

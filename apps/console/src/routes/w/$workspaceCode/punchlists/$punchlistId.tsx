import { createFileRoute } from '@tanstack/react-router';
import { PunchlistPage } from '../../../../modules/punchlists/punchlist-page.tsx';
import { requirePermission } from '../../../../session/enter-workspace.ts';
import { notInWorkspace } from '../../../../ui/not-in-workspace.tsx';

export const Route = createFileRoute('/w/$workspaceCode/punchlists/$punchlistId')({
  beforeLoad: ({ context }) => requirePermission(context.workspace, 'punchlists.read'),
  loader: ({ context: { api }, params: { punchlistId } }) =>
    api.queryClient.ensureQueryData(api.trpc.punchlists.get.queryOptions({ punchlistId })),
  errorComponent: notInWorkspace('/w/$workspaceCode/punchlists'),
  component: function Punchlist() {
    return <PunchlistPage punchlistId={Route.useParams().punchlistId} />;
  },
});

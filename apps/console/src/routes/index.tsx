import { createFileRoute, redirect } from '@tanstack/react-router';
import { requireSignedIn } from '../session/enter-workspace.ts';
import { readLastWorkspace } from '../session/last-workspace.ts';
import { NoWorkspace } from '../session/no-workspace.tsx';

/** Leads to the workspace that was open last. */
export const Route = createFileRoute('/')({
  beforeLoad: async ({ context, location }) => {
    const me = await requireSignedIn(context.session, location.href);
    const last = readLastWorkspace();
    const workspace = me.workspaces.find(({ code }) => code === last) ?? me.workspaces[0];
    if (workspace !== undefined) {
      throw redirect({ to: '/w/$workspaceCode', params: { workspaceCode: workspace.code }, replace: true });
    }
    return { me };
  },
  component: function Start() {
    const { me } = Route.useRouteContext();
    return <NoWorkspace me={me} />;
  },
});

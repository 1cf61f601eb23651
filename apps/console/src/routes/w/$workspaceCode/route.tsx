import { QueryClientProvider } from '@tanstack/react-query';
import { createFileRoute, type ErrorComponentProps } from '@tanstack/react-router';
import { loadTexts } from '../../../messages/texts.ts';
import { apiOfWorkspace, requireSignedIn, WorkspaceNotFound } from '../../../session/enter-workspace.ts';
import { keepLastWorkspace } from '../../../session/last-workspace.ts';
import { NoWorkspace } from '../../../session/no-workspace.tsx';
import { useWorkspace } from '../../../session/use-workspace.ts';
import { WorkspaceFrame } from '../../../shell/workspace-frame.tsx';
import { PageError } from '../../../ui/page-error.tsx';
import { PageNotFound } from '../../../ui/page-not-found.tsx';

/** Every page of a workspace is below it, and knows who looks at it and how to reach the API. */
export const Route = createFileRoute('/w/$workspaceCode')({
  beforeLoad: async ({ context, location, params: { workspaceCode } }) => {
    const me = await requireSignedIn(context.session, location.href);
    const workspace = me.workspaces.find(({ code }) => code === workspaceCode);
    // What is not theirs and what does not exist are not told apart.
    if (workspace === undefined) throw new WorkspaceNotFound(workspaceCode, me);
    keepLastWorkspace(workspaceCode);
    if (!isInbox(location.pathname)) await loadTexts();
    return { me, workspace, api: apiOfWorkspace(me, workspace.id) };
  },
  component: WorkspaceLayout,
  errorComponent: OtherWorkspace,
  notFoundComponent: PageNotFound,
});

/** It is what most people open first, and is shown before the texts of the other pages are there. */
function isInbox(path: string): boolean {
  return /^\/w\/[^/]+\/inbox(?:\/|$)/.test(path);
}

function WorkspaceLayout() {
  const { queryClient, workspace } = useWorkspace();
  return (
    <QueryClientProvider client={queryClient} key={workspace.id}>
      <WorkspaceFrame />
    </QueryClientProvider>
  );
}

function OtherWorkspace(props: ErrorComponentProps) {
  const { error } = props;
  if (error instanceof WorkspaceNotFound) return <NoWorkspace me={error.me} code={error.workspaceCode} />;
  return (
    <main>
      <PageError {...props} />
    </main>
  );
}

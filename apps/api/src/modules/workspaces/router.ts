import { OwnWorkspace, UpdateWorkspace, Workspace } from '@apms/validators';
import { z } from 'zod';
import { rest } from '../../rest.ts';
import { permit, personProcedure, router } from '../../trpc.ts';
import { getWorkspace } from './get-workspace.ts';
import { listOwnWorkspaces } from './list-own-workspaces.ts';
import { updateWorkspace } from './update-workspace.ts';

export const workspacesRouter = router({
  list: personProcedure
    .meta(rest('GET', '/workspaces', 'Your workspaces, all of them'))
    .input(z.object({}))
    .output(z.array(OwnWorkspace))
    .query(({ ctx }) => listOwnWorkspaces(ctx)),

  get: permit('workspace.read')
    .meta(rest('GET', '/workspace', 'The workspace that the request names'))
    .input(z.object({}))
    .output(Workspace)
    .query(({ ctx }) => getWorkspace(ctx)),

  update: permit('workspace.manage')
    .meta(rest('PATCH', '/workspace', 'Rename the workspace'))
    .input(UpdateWorkspace)
    .output(Workspace)
    .mutation(({ ctx, input }) => updateWorkspace(ctx, input)),
});

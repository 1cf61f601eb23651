import { UpdateWorkspaceSettings, WorkspaceSettings } from '@apms/validators';
import { rest } from '../../rest.ts';
import { permit, router } from '../../trpc.ts';
import { getWorkspaceSettings } from './get-workspace-settings.ts';
import { updateWorkspaceSettings } from './update-workspace-settings.ts';

export const workspaceSettingsRouter = router({
  get: permit('settings.read')
    .meta(rest('GET', '/workspace-settings', 'Settings of the workspace'))
    .output(WorkspaceSettings)
    .query(({ ctx }) => getWorkspaceSettings(ctx)),

  update: permit('settings.manage')
    .meta(rest('PATCH', '/workspace-settings', 'Change settings of the workspace'))
    .input(UpdateWorkspaceSettings)
    .output(WorkspaceSettings)
    .mutation(({ ctx, input }) => updateWorkspaceSettings(ctx, input)),
});

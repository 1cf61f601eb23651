import type { Produced, WorkspaceSettings } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { readWorkspaceSettings } from './read-workspace-settings.ts';

/** The settings of the workspace; the defaults as long as nobody set any. */
export async function getWorkspaceSettings({
  db,
}: WorkspaceContext): Promise<Produced<typeof WorkspaceSettings>> {
  return await readWorkspaceSettings(db);
}

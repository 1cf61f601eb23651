import type { Produced, Workspace } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { readWorkspace } from './read-workspace.ts';

/** The workspace that the request names. */
export async function getWorkspace({ db }: WorkspaceContext): Promise<Produced<typeof Workspace>> {
  return await readWorkspace(db, db.scope.workspaceId);
}

import { Prisma } from '@apms/db';
import type { Produced, UpdateWorkspace, Workspace } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { readWorkspace } from './read-workspace.ts';

/** Renames the workspace; its code stays. */
export async function updateWorkspace(
  ctx: WorkspaceContext,
  { name }: UpdateWorkspace,
): Promise<Produced<typeof Workspace>> {
  const { workspaceId } = ctx.db.scope;
  return await ctx.db.transaction(async (tx) => {
    const [, , workspace] = await Promise.all([
      tx.query(Prisma.sql`
        update workspaces set name = ${name}, updated_at = ${ctx.now} where id = ${workspaceId}::uuid`),
      recordAuditEvent(tx, ctx, {
        action: 'workspaces.update',
        entityType: 'workspace',
        entityId: workspaceId,
        details: { name },
      }),
      readWorkspace(tx, workspaceId),
    ]);
    return workspace;
  });
}

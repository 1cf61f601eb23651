import { Prisma, type WorkspaceDb } from '@apms/db';
import type { Produced, Workspace } from '@apms/validators';
import { AppError } from '../../errors.ts';

/** The workspace itself. @throws {AppError} WORKSPACE_NOT_FOUND */
export async function readWorkspace(
  tx: Pick<WorkspaceDb, 'query'>,
  workspaceId: string,
): Promise<Produced<typeof Workspace>> {
  const [workspace] = await tx.query<Produced<typeof Workspace>[]>(Prisma.sql`
    select id, code, name, is_active as "isActive", created_at as "createdAt", updated_at as "updatedAt"
    from workspaces where id = ${workspaceId}::uuid`);
  if (workspace === undefined) throw new AppError({ code: 'WORKSPACE_NOT_FOUND', workspaceId });
  return workspace;
}

import { Prisma, type SqlTransaction } from '@apms/db';
import { AppError } from '../../errors.ts';

/**
 * Lets one transaction at a time take administrators from a workspace, so that two cannot each leave the other's
 * last one. Rows that refer to the workspace are written meanwhile.
 */
export async function lockAdministrators(tx: SqlTransaction, workspaceId: string): Promise<void> {
  await tx.query(Prisma.sql`select from workspaces where id = ${workspaceId}::uuid for no key update`);
}

/** Called after the change, under {@link lockAdministrators}. @throws {AppError} MEMBERSHIP_LAST_ADMIN */
export async function assertAnAdminIsLeft(tx: SqlTransaction, userId: string): Promise<void> {
  const left = await tx.query<unknown[]>(Prisma.sql`
    select from workspace_memberships m join users u on u.id = m.user_id and u.status = 'ACTIVE'
    where m.role = 'ADMIN' limit 1`);
  if (left.length === 0) throw new AppError({ code: 'MEMBERSHIP_LAST_ADMIN', userId });
}

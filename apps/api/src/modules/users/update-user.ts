import { Prisma } from '@apms/db';
import type { Produced, UpdateUser, User } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { setClause } from '../../set-clause.ts';
import { assertOwnAccount } from './assert-own-account.ts';
import { profileColumns } from './profile-columns.ts';
import { readUser } from './read-user.ts';

/** Changes name or phone. @throws {AppError} ENTITY_NOT_FOUND, ACCOUNT_SHARED */
export async function updateUser(
  ctx: WorkspaceContext,
  { userId, ...changes }: UpdateUser,
): Promise<Produced<typeof User>> {
  await assertOwnAccount(ctx, userId);
  return await ctx.db.transaction(async (tx) => {
    const set = setClause(profileColumns, changes, [Prisma.sql`updated_at = ${ctx.now}`]);
    const audit = { action: 'users.update', entityType: 'user', entityId: userId, details: changes } as const;
    const [, , user] = await Promise.all([
      tx.query(Prisma.sql`update users set ${set} where id = ${userId}`),
      recordAuditEvent(tx, ctx, audit),
      readUser(tx, userId),
    ]);
    return user;
  });
}

import { Prisma } from '@apms/db';
import {
  type Produced,
  type SetUserStatus,
  type User,
  type UserStatus,
  userTransitions,
} from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { assertAnAdminIsLeft, lockAdministrators } from '../memberships/keep-an-admin.ts';
import { assertOwnAccount } from './assert-own-account.ts';
import { readUser } from './read-user.ts';

/**
 * Whoever is not ACTIVE any more loses sessions and open links at once; their API keys rest.
 * @throws {AppError} ENTITY_NOT_FOUND, ACCOUNT_SHARED, TRANSITION_ILLEGAL, MEMBERSHIP_LAST_ADMIN
 */
export async function setUserStatus(
  ctx: WorkspaceContext,
  { userId, status, reason }: SetUserStatus,
): Promise<Produced<typeof User>> {
  const { db, now, services } = ctx;
  await assertOwnAccount(ctx, userId);
  const user = await db.transaction(async (tx) => {
    const [, [former]] = await Promise.all([
      lockAdministrators(tx, db.scope.workspaceId),
      tx.query<{ status: UserStatus }[]>(
        Prisma.sql`select status from users where id = ${userId} for no key update`,
      ),
    ]);
    if (former === undefined) throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'user', id: userId });
    if (!userTransitions[former.status].includes(status)) {
      const action = `becoming ${status}`;
      throw new AppError({
        code: 'TRANSITION_ILLEGAL',
        entity: 'user',
        id: userId,
        from: former.status,
        action,
      });
    }
    await Promise.all([
      tx.query(Prisma.sql`update users set status = ${status}, updated_at = ${now} where id = ${userId}`),
      tx.query(Prisma.sql`delete from sessions where user_id = ${userId} and ${status} <> 'ACTIVE'`),
      tx.query(Prisma.sql`delete from verifications where value = ${userId} and ${status} <> 'ACTIVE'`),
      recordAuditEvent(tx, ctx, {
        action: 'users.setStatus',
        entityType: 'user',
        entityId: userId,
        details: { from: former.status, to: status, reason },
      }),
      assertAnAdminIsLeft(tx, userId),
    ]);
    return await readUser(tx, userId);
  });
  services.accessCache.forget([userId]);
  return user;
}

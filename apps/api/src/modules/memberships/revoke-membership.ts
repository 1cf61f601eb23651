import { Prisma } from '@apms/db';
import type { Membership, MembershipRef, Produced } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { assertAnAdminIsLeft, lockAdministrators } from './keep-an-admin.ts';
import { fromMemberships, membershipColumns } from './membership-columns.ts';

/**
 * Takes a role from somebody, and with the last one their API keys for this workspace.
 * @throws {AppError} ENTITY_NOT_FOUND, MEMBERSHIP_LAST_ADMIN
 */
export async function revokeMembership(
  ctx: WorkspaceContext,
  { membershipId }: MembershipRef,
): Promise<Produced<typeof Membership>> {
  const { db, services } = ctx;
  const membership = await db.transaction(async (tx) => {
    await lockAdministrators(tx, db.scope.workspaceId);
    const [revoked] = await tx.query<Produced<typeof Membership>[]>(
      Prisma.sql`${membershipColumns} ${fromMemberships} where m.id = ${membershipId}`,
    );
    if (revoked === undefined) {
      throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'membership', id: membershipId });
    }
    const { userId, role } = revoked;
    await Promise.all([
      tx.query(Prisma.sql`delete from workspace_memberships where id = ${membershipId}`),
      tx.query(Prisma.sql`
        delete from api_keys
        where reference_id = ${userId} and metadata::jsonb ->> 'workspaceId' = ${db.scope.workspaceId}
          and not exists (select from workspace_memberships m where m.user_id = ${userId})`),
      recordAuditEvent(tx, ctx, {
        action: 'memberships.revoke',
        entityType: 'membership',
        entityId: membershipId,
        details: { userId, role },
      }),
      role === 'ADMIN' ? assertAnAdminIsLeft(tx, userId) : undefined,
    ]);
    return revoked;
  });
  services.accessCache.forget([membership.userId]);
  return membership;
}

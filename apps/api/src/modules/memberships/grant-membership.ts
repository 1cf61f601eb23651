import { newId, Prisma } from '@apms/db';
import type { GrantMembership, Membership, Produced } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { readUser } from '../users/read-user.ts';
import { fromMemberships, membershipColumns } from './membership-columns.ts';

/**
 * Gives a role to somebody whom the workspace knows; others are made members by their e-mail address.
 * @throws {AppError} ENTITY_NOT_FOUND; ENTITY_DUPLICATE when they have the role
 */
export async function grantMembership(
  ctx: WorkspaceContext,
  { userId, role }: GrantMembership,
): Promise<Produced<typeof Membership>> {
  const { db, now, services } = ctx;
  const membership = await db.transaction(async (tx) => {
    await readUser(tx, userId);
    const membershipId = newId();
    await tx.query(Prisma.sql`
      insert into workspace_memberships (id, workspace_id, user_id, role, created_at, updated_at)
      values (${membershipId}, ${db.scope.workspaceId}::uuid, ${userId}, ${role}, ${now}, ${now})`);
    const [, [granted]] = await Promise.all([
      recordAuditEvent(tx, ctx, {
        action: 'memberships.grant',
        entityType: 'membership',
        entityId: membershipId,
        details: { userId, role },
      }),
      tx.query<[Produced<typeof Membership>]>(
        Prisma.sql`${membershipColumns} ${fromMemberships} where m.id = ${membershipId}`,
      ),
    ]);
    return granted;
  });
  services.accessCache.forget([userId]);
  return membership;
}

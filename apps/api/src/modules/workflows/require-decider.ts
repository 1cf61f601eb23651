import { Prisma, type SqlTransaction } from '@apms/db';
import { MembershipRole } from '@apms/validators';
import { AppError } from '../../errors.ts';
import { isPermitted } from '../../permissions.ts';

const decidingRoles = MembershipRole.options.filter((role) => isPermitted([role], 'workflows.decide'));

/**
 * Checks that a person is a member of the workspace who may decide stages, and is neither suspended nor inactive.
 * @throws {AppError} REFERENCE_NOT_FOUND naming the field
 */
export async function requireDecider(tx: SqlTransaction, field: string, userId: string): Promise<void> {
  const found = await tx.query<object[]>(Prisma.sql`
    select from workspace_memberships m
    join users u on u.id = m.user_id and u.status in ('ACTIVE', 'PENDING')
    where m.user_id = ${userId} and m.role = any(${decidingRoles}::text[])
    limit 1`);
  if (found.length === 0)
    throw new AppError({ code: 'REFERENCE_NOT_FOUND', entity: 'users', field, id: userId });
}

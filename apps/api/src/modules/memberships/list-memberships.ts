import { Prisma } from '@apms/db';
import type { ListMemberships, Membership, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { listPage, type Page } from '../../list-page.ts';
import { fromMemberships, membershipColumns } from './membership-columns.ts';

/** @throws {AppError} CURSOR_INVALID */
export async function listMemberships(
  { db }: WorkspaceContext,
  { userId, role, direction, limit, cursor }: ListMemberships,
): Promise<Page<Produced<typeof Membership>>> {
  const where: Prisma.Sql[] = [];
  if (userId !== undefined) where.push(Prisma.sql`m.user_id = ${userId}`);
  if (role !== undefined) where.push(Prisma.sql`m.role = ${role}`);
  return await listPage(db, {
    select: membershipColumns,
    from: fromMemberships,
    where,
    sort: { column: Prisma.sql`m.created_at`, type: 'timestamptz' },
    id: Prisma.sql`m.id`,
    direction: direction ?? 'asc',
    limit,
    cursor,
  });
}

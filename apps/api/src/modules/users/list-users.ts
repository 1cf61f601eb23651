import { Prisma } from '@apms/db';
import type { ListUsers, Produced, User } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { containing, listPage, type Page } from '../../list-page.ts';
import { fromPeopleHere, userColumns } from './user-columns.ts';

const sorts = {
  name: { column: Prisma.sql`u.display_name`, type: 'text', direction: 'asc' },
  createdAt: { column: Prisma.sql`u.created_at`, type: 'timestamptz', direction: 'desc' },
} as const;

/** The members of the workspace and the people named in its present configuration. @throws {AppError} CURSOR_INVALID */
export async function listUsers(
  { db }: WorkspaceContext,
  { search, status, role, sort, direction, limit, cursor }: ListUsers,
): Promise<Page<Produced<typeof User>>> {
  const where: Prisma.Sql[] = [];
  if (search !== undefined) {
    const pattern = containing(search);
    where.push(Prisma.sql`(u.display_name ilike ${pattern} or u.email ilike ${pattern})`);
  }
  if (status !== undefined) where.push(Prisma.sql`u.status = ${status}`);
  if (role !== undefined) {
    where.push(
      Prisma.sql`exists (select from workspace_memberships m where m.user_id = u.id and m.role = ${role})`,
    );
  }
  return await listPage(db, {
    select: userColumns,
    from: fromPeopleHere,
    where,
    sort: sorts[sort],
    id: Prisma.sql`u.id`,
    direction: direction ?? sorts[sort].direction,
    limit,
    cursor,
  });
}

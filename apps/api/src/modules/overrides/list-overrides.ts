import { Prisma } from '@apms/db';
import type { ApproverOverride, ListOverrides, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { listPage, type Page } from '../../list-page.ts';
import { overrideColumns, overrideTables } from './override-columns.ts';

/** @throws {AppError} CURSOR_INVALID */
export async function listOverrides(
  { db, now }: WorkspaceContext,
  { approvalStatus, overrideType, toUserId, fromUserId, inForce, limit, cursor, direction }: ListOverrides,
): Promise<Page<Produced<typeof ApproverOverride>>> {
  const where: Prisma.Sql[] = [];
  if (approvalStatus !== undefined) where.push(Prisma.sql`o.approval_status = ${approvalStatus}`);
  if (overrideType !== undefined) where.push(Prisma.sql`o.override_type = ${overrideType}`);
  if (toUserId !== undefined) where.push(Prisma.sql`o.to_user_id = ${toUserId}`);
  if (fromUserId !== undefined) where.push(Prisma.sql`o.from_user_id = ${fromUserId}`);
  if (inForce !== undefined) {
    where.push(Prisma.sql`(
      o.approval_status = 'APPROVED' and o.effective_from <= ${now} and coalesce(o.effective_to >= ${now}, true)
    ) = ${inForce}`);
  }
  return await listPage(db, {
    select: overrideColumns,
    from: overrideTables,
    where,
    sort: { column: Prisma.sql`o.created_at`, type: 'timestamptz' },
    id: Prisma.sql`o.id`,
    direction: direction ?? 'desc',
    limit,
    cursor,
  });
}

import { Prisma } from '@apms/db';
import type { ListQuarantinedRows, Produced, QuarantinedRow } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { listPage, type Page } from '../../list-page.ts';
import { readingAsSystem } from './act-as-system.ts';

/** What was moved aside of the workspace. @throws {AppError} CURSOR_INVALID */
export async function listQuarantinedRows(
  { db }: WorkspaceContext,
  { auditId, constraintName, state, direction = 'desc', limit, cursor }: ListQuarantinedRows,
): Promise<Page<Produced<typeof QuarantinedRow>>> {
  const where = [Prisma.sql`q.row_data ->> 'workspace_id' = ${db.scope.workspaceId}`];
  if (auditId !== undefined) where.push(Prisma.sql`q.audit_log_id = ${auditId}`);
  if (constraintName !== undefined) where.push(Prisma.sql`q.constraint_name = ${constraintName}`);
  if (state === 'ASIDE') where.push(Prisma.sql`q.restored_at is null`);
  if (state === 'RESTORED') where.push(Prisma.sql`q.restored_at is not null`);
  return await listPage(readingAsSystem(db), {
    select: Prisma.sql`
      select q.id, q.audit_log_id as "auditId", q.constraint_name as "constraintName", q.table_name as table,
             q.row_id as "rowId", q.row_data as row, q.reason, q.quarantined_by_id as "quarantinedById",
             q.quarantined_at as "quarantinedAt", q.restored_at as "restoredAt"`,
    from: Prisma.sql`from quarantined_rows q`,
    where,
    sort: { column: Prisma.sql`q.id`, type: 'text' },
    id: Prisma.sql`q.id`,
    direction,
    limit,
    cursor,
  });
}

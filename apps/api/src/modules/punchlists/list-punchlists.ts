import { Prisma } from '@apms/db';
import type { ListPunchlists, Produced, Punchlist } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { listPage, type Page } from '../../list-page.ts';
import { punchlistColumns, punchlistTables } from './punchlist-columns.ts';

/** The newest first unless asked otherwise. @throws {AppError} CURSOR_INVALID */
export async function listPunchlists(
  { db, actor }: WorkspaceContext,
  { status, severity, itemStatus, workflowId, submissionId, mine, direction, limit, cursor }: ListPunchlists,
): Promise<Page<Produced<typeof Punchlist>>> {
  const where: Prisma.Sql[] = [];
  if (status !== undefined) where.push(Prisma.sql`p.status = ${status}`);
  if (workflowId !== undefined) where.push(Prisma.sql`p.workflow_id = ${workflowId}`);
  if (submissionId !== undefined) where.push(Prisma.sql`s.id = ${submissionId}`);
  const ofItem: Prisma.Sql[] = [];
  if (severity !== undefined) ofItem.push(Prisma.sql`i.severity = ${severity}`);
  if (itemStatus !== undefined) ofItem.push(Prisma.sql`i.status = ${itemStatus}`);
  if (mine === true) ofItem.push(Prisma.sql`i.raised_by_id = ${actor.userId}`);
  if (ofItem.length > 0) {
    where.push(Prisma.sql`exists (
      select from punchlist_items i
      where i.punchlist_id = p.id and i.workspace_id = p.workspace_id and ${Prisma.join(ofItem, ' and ')})`);
  }
  return await listPage(db, {
    select: punchlistColumns,
    from: punchlistTables,
    where,
    sort: { column: Prisma.sql`p.created_at`, type: 'timestamptz' },
    id: Prisma.sql`p.id`,
    direction: direction ?? 'desc',
    limit,
    cursor,
  });
}

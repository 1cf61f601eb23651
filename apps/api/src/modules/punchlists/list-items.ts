import { Prisma } from '@apms/db';
import type { ListedPunchlistItem, ListPunchlistItems, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { listPage, type Page } from '../../list-page.ts';
import { itemColumns } from './item-columns.ts';
import { punchlistPlace } from './punchlist-columns.ts';

/** The newest first unless asked otherwise; without those of cancelled lists. @throws {AppError} CURSOR_INVALID */
export async function listItems(
  { db, actor }: WorkspaceContext,
  { status, severity, workflowId, submissionId, mine, direction, limit, cursor }: ListPunchlistItems,
): Promise<Page<Produced<typeof ListedPunchlistItem>>> {
  const where = [Prisma.sql`p.status <> 'CANCELLED'`];
  if (status !== undefined) where.push(Prisma.sql`i.status = ${status}`);
  if (severity !== undefined) where.push(Prisma.sql`i.severity = ${severity}`);
  if (workflowId !== undefined) where.push(Prisma.sql`p.workflow_id = ${workflowId}`);
  if (submissionId !== undefined) where.push(Prisma.sql`s.id = ${submissionId}`);
  if (mine === true) where.push(Prisma.sql`i.raised_by_id = ${actor.userId}`);
  return await listPage(db, {
    select: Prisma.sql`
      ${itemColumns}, p.workflow_id as "workflowId", si.site_code as "siteCode", s.id as "submissionId",
      s.submission_number as "submissionNumber"`,
    from: Prisma.sql`
      from punchlist_items i
      join punchlists p on p.id = i.punchlist_id and p.workspace_id = i.workspace_id
      ${punchlistPlace}`,
    where,
    sort: { column: Prisma.sql`i.created_at`, type: 'timestamptz' },
    id: Prisma.sql`i.id`,
    direction: direction ?? 'desc',
    limit,
    cursor,
  });
}

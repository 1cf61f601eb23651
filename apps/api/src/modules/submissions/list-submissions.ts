import { Prisma } from '@apms/db';
import type { ListSubmissions, Produced, Submission } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { containing, listPage, type Page } from '../../list-page.ts';
import { submissionColumns, submissionTables } from './submission-columns.ts';

/** The newest first unless asked otherwise. @throws {AppError} CURSOR_INVALID */
export async function listSubmissions(
  { db, actor }: WorkspaceContext,
  { status, siteId, scopeCode, vendorCode, mine, search, direction, limit, cursor }: ListSubmissions,
): Promise<Page<Produced<typeof Submission>>> {
  const where: Prisma.Sql[] = [];
  if (status !== undefined) where.push(Prisma.sql`s.status = ${status}`);
  if (siteId !== undefined) where.push(Prisma.sql`s.site_id = ${siteId}`);
  if (scopeCode !== undefined) where.push(Prisma.sql`s.scope_code = ${scopeCode}`);
  if (vendorCode !== undefined) where.push(Prisma.sql`v.vendor_code = ${vendorCode}`);
  if (mine === true) where.push(Prisma.sql`s.submitted_by_id = ${actor.userId}`);
  if (search !== undefined) {
    const pattern = containing(search);
    where.push(Prisma.sql`(s.submission_number ilike ${pattern} or si.site_code ilike ${pattern})`);
  }
  return await listPage(db, {
    select: submissionColumns,
    from: submissionTables,
    where,
    sort: { column: Prisma.sql`s.created_at`, type: 'timestamptz' },
    id: Prisma.sql`s.id`,
    direction: direction ?? 'desc',
    limit,
    cursor,
  });
}

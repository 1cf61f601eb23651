import { Prisma } from '@apms/db';
import type { ListSubmissions, Produced, Submission } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { containing, listPage, type Page } from '../../list-page.ts';
import { submissionColumns, submissionTables } from './submission-columns.ts';

const sorts = {
  createdAt: { column: Prisma.sql`s.created_at`, type: 'timestamptz', direction: 'desc' },
  submittedAt: { column: Prisma.sql`s.submitted_at`, type: 'timestamptz', direction: 'asc' },
} as const;

/**
 * The newest first unless asked otherwise; by `submittedAt` the one first that waits longest, without those that were
 * never submitted. @throws {AppError} CURSOR_INVALID
 */
export async function listSubmissions(
  { db, actor }: WorkspaceContext,
  { status, siteId, scopeCode, vendorCode, mine, search, sort, direction, limit, cursor }: ListSubmissions,
): Promise<Page<Produced<typeof Submission>>> {
  const where: Prisma.Sql[] = [];
  if (status !== undefined) where.push(Prisma.sql`s.status = ${status}`);
  if (siteId !== undefined) where.push(Prisma.sql`s.site_id = ${siteId}`);
  if (scopeCode !== undefined) where.push(Prisma.sql`s.scope_code = ${scopeCode}`);
  if (vendorCode !== undefined) where.push(Prisma.sql`v.vendor_code = ${vendorCode}`);
  if (sort === 'submittedAt') where.push(Prisma.sql`s.submitted_at is not null`);
  if (mine === true) where.push(Prisma.sql`s.submitted_by_id = ${actor.userId}`);
  if (search !== undefined) {
    const pattern = containing(search);
    where.push(Prisma.sql`(s.submission_number ilike ${pattern} or si.site_code ilike ${pattern})`);
  }
  return await listPage(db, {
    select: submissionColumns,
    from: submissionTables,
    where,
    sort: sorts[sort],
    id: Prisma.sql`s.id`,
    direction: direction ?? sorts[sort].direction,
    limit,
    cursor,
  });
}

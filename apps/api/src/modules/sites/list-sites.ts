import { Prisma } from '@apms/db';
import type { ListSites, Produced, Site } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { containing, listPage, type Page } from '../../list-page.ts';
import { siteColumns } from './site-columns.ts';

const sorts = {
  siteCode: { column: Prisma.sql`s.site_code`, type: 'text', direction: 'asc' },
  createdAt: { column: Prisma.sql`s.created_at`, type: 'timestamptz', direction: 'desc' },
} as const;

/** @throws {AppError} CURSOR_INVALID */
export async function listSites(
  { db }: WorkspaceContext,
  { search, status, region, clusterCode, sort, direction, limit, cursor }: ListSites,
): Promise<Page<Produced<typeof Site>>> {
  const where: Prisma.Sql[] = [];
  if (search !== undefined) {
    const pattern = containing(search);
    where.push(Prisma.sql`(s.site_code ilike ${pattern} or s.name ilike ${pattern})`);
  }
  if (status !== undefined) where.push(Prisma.sql`s.status = ${status}`);
  if (region !== undefined) where.push(Prisma.sql`s.region = ${region}`);
  if (clusterCode !== undefined) where.push(Prisma.sql`s.cluster_code = ${clusterCode}`);
  return await listPage(db, {
    select: siteColumns,
    from: Prisma.sql`from sites s`,
    where,
    sort: sorts[sort],
    id: Prisma.sql`s.id`,
    direction: direction ?? sorts[sort].direction,
    limit,
    cursor,
  });
}

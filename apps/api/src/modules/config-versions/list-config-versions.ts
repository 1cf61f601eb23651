import { Prisma } from '@apms/db';
import type { ConfigVersion, ListConfigVersions, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { listPage, type Page } from '../../list-page.ts';
import { versionColumns, versionSource } from './version-columns.ts';

const sorts = {
  importedAt: { column: Prisma.sql`v.imported_at`, type: 'timestamptz' },
  versionNumber: { column: Prisma.sql`v.version_number`, type: 'integer' },
} as const;

/** @throws {AppError} CURSOR_INVALID */
export async function listConfigVersions(
  { db }: WorkspaceContext,
  { sourceType, status, sort, direction = 'desc', limit, cursor }: ListConfigVersions,
): Promise<Page<Produced<typeof ConfigVersion>>> {
  const where: Prisma.Sql[] = [];
  if (sourceType !== undefined) where.push(Prisma.sql`v.source_type = ${sourceType}`);
  if (status !== undefined) where.push(Prisma.sql`v.status = ${status}`);
  return await listPage(db, {
    select: versionColumns,
    from: versionSource,
    where,
    sort: sorts[sort],
    id: Prisma.sql`v.id`,
    direction,
    limit,
    cursor,
  });
}

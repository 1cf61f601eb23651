import { Prisma } from '@apms/db';
import type { ConfigRow, ListConfigRows, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { listPage, type Page } from '../../list-page.ts';
import { requireVersions } from './require-versions.ts';
import { rowSources } from './row-sources.ts';

/** The rows of one kind, with natural codes instead of ids. @throws {AppError} ENTITY_NOT_FOUND, CURSOR_INVALID */
export async function listConfigRows(
  { db }: WorkspaceContext,
  { configVersionId, kind, direction = 'asc', limit, cursor }: ListConfigRows,
): Promise<Page<Produced<typeof ConfigRow>>> {
  const { from, fields, source, order } = rowSources[kind];
  const page = await listPage<Produced<typeof ConfigRow>>(db, {
    select: Prisma.sql`select ${kind}::text as kind, t.id, ${fields} ${source}`,
    from,
    where: [Prisma.sql`t.config_version_id = ${configVersionId}`],
    sort: order,
    id: Prisma.sql`t.id`,
    direction,
    limit,
    cursor,
  });
  if (page.items.length === 0) await requireVersions(db, [configVersionId]);
  return page;
}

import { Prisma } from '@apms/db';
import type { ConfigRow, ListConfigRows, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { containing, listPage, type Page } from '../../list-page.ts';
import { requireVersions } from './require-versions.ts';
import { rowSources } from './row-sources.ts';

/** The rows of one kind, with natural codes instead of ids. @throws {AppError} ENTITY_NOT_FOUND, CURSOR_INVALID */
export async function listConfigRows(
  { db }: WorkspaceContext,
  input: ListConfigRows,
): Promise<Page<Produced<typeof ConfigRow>>> {
  const { configVersionId, kind, direction = 'asc', limit, cursor } = input;
  const { from, fields, source, order } = rowSources[kind];
  const page = await listPage<Produced<typeof ConfigRow>>(db, {
    select: Prisma.sql`select ${kind}::text as kind, t.id, ${fields} ${source}`,
    from,
    where: [Prisma.sql`t.config_version_id = ${configVersionId}`, ...filters(input)],
    sort: order,
    id: Prisma.sql`t.id`,
    direction,
    limit,
    cursor,
  });
  if (page.items.length === 0) await requireVersions(db, [configVersionId]);
  return page;
}

function filters({ kind, search, sourceSheet, sourceRow }: ListConfigRows): Prisma.Sql[] {
  const { searched, source } = rowSources[kind];
  const where: Prisma.Sql[] = [];
  if (search !== undefined) where.push(Prisma.sql`concat_ws(' ', ${searched}) ilike ${containing(search)}`);
  if (sourceSheet === undefined && sourceRow === undefined) return where;
  if (source === Prisma.empty) return [Prisma.sql`false`];
  if (sourceSheet !== undefined) where.push(Prisma.sql`t.source_sheet = ${sourceSheet}`);
  if (sourceRow !== undefined) where.push(Prisma.sql`t.source_row = ${sourceRow}`);
  return where;
}

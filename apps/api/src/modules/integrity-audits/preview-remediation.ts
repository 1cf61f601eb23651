import { Prisma } from '@apms/db';
import type { OrphanRow, PreviewRemediation, Produced, RemediationPreview } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { listPage } from '../../list-page.ts';
import { readingAsSystem } from './act-as-system.ts';
import { identifier } from './identifier.ts';
import { partsOfTable } from './parts-of-table.ts';
import { isOrphan, quarantineRefusal, readRemediableKey, relinkRefusal, rowIdOf } from './remediable-key.ts';

/**
 * The rows of the workspace whose reference leads nowhere, as they are now, and what can be done about them.
 * @throws {AppError} REFERENCE_NOT_FOUND for an unknown foreign key; CURSOR_INVALID
 */
export async function previewRemediation(
  { db }: WorkspaceContext,
  { constraintName, direction = 'asc', limit, cursor }: PreviewRemediation,
): Promise<Produced<typeof RemediationPreview>> {
  const key = await readRemediableKey(db, constraintName);
  const { table, columns, referencedTable } = key;
  const rowId = rowIdOf(key);
  const [parts, page] = await Promise.all([
    partsOfTable(db, table),
    key.isScoped
      ? // As the system, for a row that only seems to be missing, because it is another workspace's, is none.
        listPage<Produced<typeof OrphanRow>>(readingAsSystem(db), {
          select: Prisma.sql`select ${rowId} as "rowId", to_jsonb(c) as row`,
          from: Prisma.sql`from public.${identifier(table)} c`,
          where: [isOrphan(key, db.scope.workspaceId)],
          sort: { column: rowId, type: 'text' },
          id: rowId,
          direction,
          limit,
          cursor,
        })
      : { items: [], nextCursor: null },
  ]);
  return {
    constraintName,
    table,
    columns: [...columns],
    referencedTable,
    quarantineRefusal: quarantineRefusal(key),
    relinkRefusal: relinkRefusal(key),
    parts: [...new Set(parts.map((part) => part.table))],
    ...page,
  };
}

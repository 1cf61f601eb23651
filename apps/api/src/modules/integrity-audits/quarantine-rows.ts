import { newId, Prisma, type SqlTransaction } from '@apms/db';
import type { RemediateOrphans } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { identifier } from './identifier.ts';
import { type Part, partsOfTable } from './parts-of-table.ts';
import { isOrphan, type RemediableKey, rowIdOf } from './remediable-key.ts';

/** Rows of one table that are moved aside together. */
interface Layer {
  readonly table: string;
  readonly primaryKey: string;
  readonly rowIds: readonly string[];
}

/**
 * Moves orphans of the workspace aside, whole and with everything that is part of them, and gives the ids of what was
 * moved: wholes before their parts. Acts as the system.
 * @throws {AppError} ORPHAN_NOT_FOUND when one of the rows is none (any more); REMEDIATION_REFUSED when a part is history
 */
export async function quarantineRows(
  tx: SqlTransaction,
  { db, now }: WorkspaceContext,
  key: RemediableKey,
  { auditId, rowIds, reason }: RemediateOrphans,
): Promise<string[]> {
  const { workspaceId, userId } = db.scope;
  const { constraintName, table, primaryKey } = key;
  const locked = await tx.query<{ rowId: string }[]>(Prisma.sql`
    select ${rowIdOf(key)} as "rowId" from public.${identifier(table)} c
    where ${rowIdOf(key)} = any(${rowIds}::text[]) and ${isOrphan(key, workspaceId)}
    for update`);
  const found = new Set(locked.map(({ rowId }) => rowId));
  const missing = rowIds.filter((id) => !found.has(id));
  if (missing.length > 0) throw new AppError({ code: 'ORPHAN_NOT_FOUND', constraintName, rowIds: missing });

  const layers = await collectLayers(tx, key, { table, primaryKey, rowIds }, workspaceId);
  const moved = layers.map((layer) => ({ layer, ids: layer.rowIds.map(() => newId()) }));
  // Parts first, or deleting the whole would take them along unseen.
  for (const { layer, ids } of moved.toReversed()) {
    await tx.query(Prisma.sql`
      with moved as (
        delete from public.${identifier(layer.table)} c
        where ${rowIdOf(layer)} = any(${layer.rowIds}::text[]) and c.workspace_id = ${workspaceId}::uuid
        returning ${rowIdOf(layer)} as row_id, to_jsonb(c) as row_data
      )
      insert into quarantined_rows
        (id, audit_log_id, constraint_name, table_name, row_id, row_data, reason, quarantined_by_id, quarantined_at)
      select chosen.id, ${auditId}, ${constraintName}, ${layer.table}, moved.row_id, moved.row_data, ${reason}, ${userId},
             ${now}
      from moved join unnest(${ids}::text[], ${layer.rowIds}::text[]) chosen (id, row_id) using (row_id)`);
  }
  return moved.flatMap(({ ids }) => ids);
}

async function collectLayers(
  tx: SqlTransaction,
  { constraintName }: RemediableKey,
  whole: Layer,
  workspaceId: string,
): Promise<Layer[]> {
  const layers = new Map([[whole.table, whole]]);
  for (const part of await partsOfTable(tx, whole.table)) {
    const rowIds = await partIds(tx, part, layers.get(part.whole)?.rowIds ?? [], workspaceId);
    if (rowIds.length === 0) continue;
    if (!part.isDeletable) {
      throw new AppError({
        code: 'REMEDIATION_REFUSED',
        constraintName,
        table: part.table,
        reason: 'HISTORY',
      });
    }
    const known = layers.get(part.table);
    // Deeper than where it was met before: its turn comes after that of its other whole.
    layers.delete(part.table);
    const all = [...new Set([...(known?.rowIds ?? []), ...rowIds])];
    layers.set(part.table, { table: part.table, primaryKey: part.primaryKey, rowIds: all });
  }
  return [...layers.values()];
}

async function partIds(
  tx: SqlTransaction,
  { table, column, primaryKey }: Part,
  wholeIds: readonly string[],
  workspaceId: string,
): Promise<string[]> {
  if (wholeIds.length === 0) return [];
  const rows = await tx.query<{ rowId: string }[]>(Prisma.sql`
    select ${rowIdOf({ primaryKey })} as "rowId" from public.${identifier(table)} c
    where c.${identifier(column)}::text = any(${wholeIds}::text[]) and c.workspace_id = ${workspaceId}::uuid`);
  return rows.map(({ rowId }) => rowId);
}

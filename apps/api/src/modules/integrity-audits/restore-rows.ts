import { Prisma, type SqlTransaction } from '@apms/db';
import type { Produced, RestoredRows, RestoreQuarantinedRows } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { actAsSystem } from './act-as-system.ts';
import { explainRefusal } from './explain-refusal.ts';
import { identifier } from './identifier.ts';

interface AsideRow {
  readonly quarantinedRowId: string;
  readonly constraintName: string;
  readonly table: string;
  readonly rowId: string;
  /** As text: numbers beyond what JavaScript holds come back as they were. */
  readonly rowData: string;
  readonly isRestored: boolean;
}

/**
 * Brings rows back as they were, all or none. The database checks their references again: what is still an orphan
 * stays aside.
 * @throws {AppError} ENTITY_NOT_FOUND; TRANSITION_ILLEGAL when one was restored before; REFERENCE_NOT_FOUND;
 * ENTITY_DUPLICATE; REMEDIATION_REFUSED when the row's config version has left DRAFT meanwhile
 */
export async function restoreRows(
  ctx: WorkspaceContext,
  { quarantinedRowIds }: RestoreQuarantinedRows,
): Promise<Produced<typeof RestoredRows>> {
  return await ctx.db.transaction(async (tx) => {
    const aside = await actAsSystem(tx, () => claimRows(tx, ctx, quarantinedRowIds));
    for (const { table, rows } of byTable(aside)) await insertRows(tx, table, rows);
    const rows = aside.map(({ quarantinedRowId, table, rowId }) => ({ quarantinedRowId, table, rowId }));
    await recordAuditEvent(tx, ctx, {
      action: 'integrityAudits.restore',
      entityType: 'quarantinedRow',
      entityId: rows[0]?.quarantinedRowId ?? '',
      details: { rows },
    });
    return { rows };
  });
}

/** Locks them and says that they are back, as the system; the transaction ends well only if they are. */
async function claimRows(
  tx: SqlTransaction,
  { db, now }: WorkspaceContext,
  ids: readonly string[],
): Promise<AsideRow[]> {
  const rows = await tx.query<AsideRow[]>(Prisma.sql`
    select id as "quarantinedRowId", constraint_name as "constraintName", table_name as table, row_id as "rowId",
           row_data::text as "rowData", restored_at is not null as "isRestored"
    from quarantined_rows
    where id = any(${ids}::text[]) and row_data ->> 'workspace_id' = ${db.scope.workspaceId}
    order by id for update`);
  const known = new Map(rows.map((row) => [row.quarantinedRowId, row]));
  for (const id of ids) {
    const row = known.get(id);
    if (row === undefined) throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'quarantinedRow', id });
    if (row.isRestored) {
      const [from, action] = ['RESTORED', 'restore'];
      throw new AppError({ code: 'TRANSITION_ILLEGAL', entity: 'quarantinedRow', id, from, action });
    }
  }
  await tx.query(Prisma.sql`update quarantined_rows set restored_at = ${now} where id = any(${ids}::text[])`);
  return rows;
}

/** Rows by their tables, in the order in which they were given their ids: wholes before their parts. */
function byTable(rows: readonly AsideRow[]): { table: string; rows: AsideRow[] }[] {
  const groups = Map.groupBy(rows, ({ table }) => table);
  return [...groups].map(([table, ofTable]) => ({ table, rows: ofTable }));
}

async function insertRows(tx: SqlTransaction, table: string, rows: readonly AsideRow[]): Promise<void> {
  const name = identifier(table);
  const data = rows.map(({ rowData }) => rowData);
  await explainRefusal({ constraintName: rows[0]?.constraintName ?? '', table }, () =>
    tx.query(Prisma.sql`
      insert into public.${name}
      select restored.* from unnest(${data}::jsonb[]) data, jsonb_populate_record(null::public.${name}, data) restored`),
  );
}

import type pg from 'pg';
import type { Migrated } from '../migrations/migrated.ts';
import { escapeIdentifier } from '../postgres.ts';
import { listRelations } from './list-relations.ts';
import type { Manifest } from './manifest.ts';

/** What happened to a table after the backup; tables to which nothing happened are left out. */
export interface RowsWritten {
  /** `schema.table`. */
  table: string;
  /** Rows of today that were inserted or updated since. */
  insertedOrUpdated: number;
  /** Rows of the backup that are no longer there as they were: updated or deleted. */
  updatedOrDeleted: number;
  /** The table is not in the backup. */
  isNew: boolean;
}

/** Row versions carry the lower 32 bits of their transaction's id. */
const MODULUS = 2 ** 32;

/**
 * Counts, in the database that was backed up, the rows that were written after the backup's snapshot: those that a swap
 * back to the backup leaves behind. Versions that the migrations themselves wrote count as unchanged.
 * Rows written in a savepoint that was open when the backup was made are the one thing that can be missed.
 */
export async function countRowsWrittenSince(
  client: pg.ClientBase,
  manifest: Manifest,
  { transactionIds, rowChange }: Migrated,
): Promise<RowsWritten[]> {
  const before = new Map(manifest.tables.map(({ table, rows }) => [table, rows]));
  const written: RowsWritten[] = [];
  const isWritten = await writtenCondition(client, manifest.snapshot, transactionIds);
  for (const { name, schema, relation, kind } of await listRelations(client)) {
    if (kind !== 'table') continue;
    const { rows } = await client.query<{ now: number; written: number }>(
      `select count(*)::float8 as now, count(*) filter (where ${isWritten})::float8 as written
         from only ${escapeIdentifier(schema)}.${escapeIdentifier(relation)}`,
    );
    const { now, written: insertedOrUpdated } = rows[0] ?? { now: 0, written: 0 };
    const rowsBefore = before.get(name);
    const base = (rowsBefore ?? 0) + (rowChange[name] ?? 0);
    const row = {
      table: name,
      insertedOrUpdated,
      updatedOrDeleted: Math.max(0, base - (now - insertedOrUpdated)),
      isNew: rowsBefore === undefined,
    };
    if (row.insertedOrUpdated > 0 || row.updatedOrDeleted > 0) written.push(row);
  }
  return written;
}

/**
 * A version is later when its transaction was still running at the snapshot, or has begun since. The ids since are a
 * short stretch of the circle of 32-bit ids, so that rows of an earlier round are not taken for new ones.
 */
async function writtenCondition(
  client: pg.ClientBase,
  snapshot: string,
  excludeXids: readonly string[],
): Promise<string> {
  const { rows } = await client.query<{ first: string; running: string[]; length: string }>(
    `select pg_snapshot_xmax(s)::text as first,
            array(select x::text from pg_snapshot_xip(s) x) as running,
            (pg_snapshot_xmax(pg_current_snapshot())::text::numeric - pg_snapshot_xmax(s)::text::numeric)::text as length
       from (select $1::pg_snapshot as s) t`,
    [snapshot],
  );
  const { first, running, length } = rows[0] ?? { first: '0', running: [], length: '0' };
  const xid = 'xmin::text::bigint';
  const low = (id: string) => BigInt(id) % BigInt(MODULUS);
  const list = (ids: readonly string[]) => ids.map(low).join(', ');
  const later = [
    `mod(${xid} - ${low(first)} + ${MODULUS}, ${MODULUS}) < ${length}`,
    ...(running.length > 0 ? [`${xid} in (${list(running)})`] : []),
  ].join(' or ');
  return excludeXids.length > 0 ? `(${later}) and ${xid} not in (${list(excludeXids)})` : `(${later})`;
}

import type pg from 'pg';
import type { Applied } from './apply-error.ts';

interface Counts {
  table: string;
  inserted: number;
  deleted: number;
}

async function readCounts(client: pg.Client): Promise<Counts[]> {
  const { rows } = await client.query<Counts>(
    `select schemaname || '.' || relname as table, n_tup_ins::float8 as inserted, n_tup_del::float8 as deleted
       from pg_stat_xact_user_tables where n_tup_ins > 0 or n_tup_del > 0`,
  );
  return rows;
}

/**
 * Begins to count what a transaction that has just begun inserts and deletes, also by cascade. The server counts that
 * exactly; no scan of the tables could say whose deletion it was. Its counts hold what the session did in the last second,
 * in other transactions too, so that they are read twice.
 * @returns adds what was counted, and the transaction's id, to what is applied.
 */
export async function countRows(client: pg.Client): Promise<(applied: Applied) => Promise<void>> {
  const before = new Map((await readCounts(client)).map((counts) => [counts.table, counts]));
  const add = (sums: Map<string, number>, table: string, more: number) => {
    if (more > 0) sums.set(table, (sums.get(table) ?? 0) + more);
  };
  return async (applied) => {
    for (const { table, inserted, deleted } of await readCounts(client)) {
      const earlier = before.get(table);
      add(applied.insertedRows, table, inserted - (earlier?.inserted ?? 0));
      add(applied.deletedRows, table, deleted - (earlier?.deleted ?? 0));
    }
    const { rows } = await client.query<{ id: string }>('select pg_current_xact_id()::text as id');
    applied.transactionIds.push(...rows.map(({ id }) => id));
  };
}

import { type ClientBase, escapeIdentifier, escapeLiteral } from 'pg';
import type { Probe } from '../probe/probe.ts';
import { isProbeRow } from './is-probe-row.ts';
import type { ScopedTable } from './list-scoped-tables.ts';

/** The probe's row of each table as JSON; a table that the probe does not know is missing. */
export async function readProbeRows(
  client: ClientBase,
  tables: readonly ScopedTable[],
  probe: Probe,
): Promise<ReadonlyMap<string, string>> {
  const parts = tables
    .filter(({ key }) => key !== null)
    .map(
      (table) =>
        `select ${escapeLiteral(table.name)} as name, to_jsonb(t)::text as row from ${escapeIdentifier(table.name)} t
         where ${isProbeRow(table, probe)}`,
    );
  const { rows } = await client.query<{ name: string; row: string }>(parts.join(' union all '));
  return new Map(rows.map(({ name, row }) => [name, row]));
}

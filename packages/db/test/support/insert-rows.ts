import type { ClientBase } from 'pg';

/** A row as column name to value; a column that is absent takes its default. */
export type Row = Readonly<Record<string, unknown>>;

/** Inserts one row. Table and column names are the tests' own and not escaped. */
export async function insertRow(client: ClientBase, table: string, row: Row): Promise<void> {
  const columns = Object.keys(row).join(', ');
  await client.query(
    `insert into ${table} (${columns}) select ${columns} from json_populate_record(null::${table}, $1)`,
    [JSON.stringify(row)],
  );
}

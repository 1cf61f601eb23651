import pg from 'pg';
import { tableContents } from '../../src/backup/content.ts';
import type { TableContent } from '../../src/backup/manifest.ts';
import { readHistory } from '../../src/migrations/history.ts';
import { readSchema, type Schema } from '../../src/schema/read-schema.ts';

/** All that must be the same when a database is "exactly as it was". */
export interface Identity {
  schema: Schema;
  contents: TableContent[];
  history: unknown;
}

/** Reads a database's identity; compare two with `toEqual`. */
export async function identityOf(url: string): Promise<Identity> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("set timezone = 'UTC'; set extra_float_digits = 1");
    return {
      schema: await readSchema(client),
      contents: await tableContents([client]),
      history: await readHistory(client),
    };
  } finally {
    await client.end();
  }
}

/** Databases of the server that bear the id of a run: its scratch and quarantine databases. */
export async function databasesOf(url: string, runId: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const id = runId.toLowerCase().replaceAll(/[^a-z0-9]/g, '_');
    const { rows } = await client.query<{ name: string }>(
      'select datname as name from pg_database where strpos(datname, $1) > 0 order by 1',
      [id],
    );
    return rows.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

import type pg from 'pg';
import { readHistory } from '../migrations/history.ts';
import { readSchema, schemaHash } from '../schema/read-schema.ts';
import { majorOf, readServerFacts } from '../server-facts.ts';
import { readDatabaseProperties } from './database-properties.ts';
import type { ManifestContents } from './manifest.ts';

/** What a manifest says of a database besides the contents of its tables. */
export type Facts = Omit<ManifestContents, 'tables'>;

/** Reads the facts as of the snapshot of the session's transaction. */
export async function readFacts(client: pg.ClientBase): Promise<Facts> {
  const facts = await readServerFacts(client);
  const database = await readDatabaseProperties(client);
  const schema = schemaHash(await readSchema(client));
  const history = (await readHistory(client)) ?? [];
  const { rows } = await client.query<{ snapshot: string }>('select pg_current_snapshot()::text as snapshot');
  return {
    server: { version: facts.version, major: majorOf(facts) },
    database,
    schemaHash: schema,
    migrations: history.flatMap(({ name, checksum, finishedAt, rolledBackAt }) =>
      finishedAt === null || rolledBackAt !== null ? [] : [{ name, checksum, finishedAt }],
    ),
    snapshot: rows[0]?.snapshot ?? '',
  };
}

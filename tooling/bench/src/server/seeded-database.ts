import { seedDatabase } from '@apms/db/seed';
import { applyMigration } from '@apms/db/testing';
import type { Bench } from '../bench.ts';
import { readMigrations } from './read-migrations.ts';

/** A database with the first two migrations and rows, to be copied for each run. */
export interface SeededDatabase {
  readonly name: string;
  /** As asked for. */
  readonly sizeMb: number;
  readonly sizeBytes: number;
  readonly rows: number;
}

/** Indexes included, as the seed makes them: its workspaces with their configuration, and each workflow. */
const BYTES_OF_NONE = 36_000_000;
const BYTES_PER_WORKFLOW = 17_400;
const APPLIED = 2;

/** Makes and fills the database whose deployment is measured. */
export async function createSeededDatabase(bench: Bench, sizeMb: number): Promise<SeededDatabase> {
  const { server } = bench;
  const name = `seed_${sizeMb}`;
  const workflows = Math.max(10, Math.round((sizeMb * 1e6 - BYTES_OF_NONE) / BYTES_PER_WORKFLOW));
  bench.note(`filling a database of about ${sizeMb} MB (${workflows.toLocaleString('en')} workflows)`);
  await server.createDatabase(name);
  return server.withClient(name, async (client) => {
    for (const migration of (await readMigrations()).slice(0, APPLIED))
      await applyMigration(client, migration.name, migration.script);
    const { totalRows } = await seedDatabase(client, { workflows });
    await client.query('vacuum analyze');
    const { rows } = await client.query<{ bytes: string }>(
      'select pg_database_size(current_database()) as bytes',
    );
    return { name, sizeMb, sizeBytes: Number(rows[0]?.bytes), rows: totalRows };
  });
}

/** The migrations that such a database has yet to get. */
export async function pendingMigrations(): ReturnType<typeof readMigrations> {
  return (await readMigrations()).slice(APPLIED);
}

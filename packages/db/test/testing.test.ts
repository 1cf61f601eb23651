import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { migrationsDirectory } from '../src/migrations-directory.ts';
import { createTestDatabase, type TestDatabase, type TestDatabaseOptions } from '../src/testing/index.ts';

async function create(options?: TestDatabaseOptions): Promise<{ database: TestDatabase; client: Client }> {
  const database = await createTestDatabase(options);
  onTestFinished(() => database.drop());
  return { database, client: await database.connect() };
}

const names = readdirSync(migrationsDirectory, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .toSorted();

function checksum(name: string): string {
  const script = readFileSync(join(migrationsDirectory, name, 'migration.sql'));
  return createHash('sha256').update(script).digest('hex');
}

describe('createTestDatabase', () => {
  test('gives each caller a database of its own', async () => {
    const [one, other] = await Promise.all([create({ template: 'empty' }), create({ template: 'empty' })]);
    await one.client.query('create table mine ()');
    const { rows } = await other.client.query(
      "select to_regclass('mine') as mine, current_database() as name",
    );
    expect(rows).toEqual([{ mine: null, name: other.database.name }]);
  });

  test('applies every migration and notes it as Prisma does', async () => {
    const { client } = await create();
    const { rows } = await client.query(
      `select migration_name as name, checksum, applied_steps_count as steps, logs, rolled_back_at as "rolledBackAt",
         finished_at >= started_at as finished from _prisma_migrations order by migration_name`,
    );
    const asPrismaNotes = { steps: 1, logs: null, rolledBackAt: null, finished: true };
    expect(rows).toEqual(names.map((name) => ({ name, checksum: checksum(name), ...asPrismaNotes })));
  });

  test('stops after the first migrations when asked to', async () => {
    const { client } = await create({ template: { migrations: 2 } });
    const { rows } = await client.query('select migration_name as name from _prisma_migrations order by 1');
    expect(rows.map(({ name }) => name)).toEqual(names.slice(0, 2));
  });

  test('builds a template once, however many ask for it at the same time', async () => {
    await Promise.all([1, 2, 3, 4].map(() => create({ template: { migrations: 1 } })));
    const { client } = await create({ template: 'empty' });
    const { rows } = await client.query('select datname from pg_database where datname like $1', [
      `apms\\_test\\_${inject('testServer').runId}\\_template\\_%`,
    ]);
    const templates = rows.map(({ datname }) => String(datname));
    expect(new Set(templates).size).toBe(templates.length);
    expect(templates.filter((name) => name.endsWith('_unfinished'))).toEqual([]);
  });

  test('drops the database under its connections', async () => {
    const { database } = await create({ template: 'empty' });
    await database.drop();
    await expect(database.connect()).rejects.toThrow('does not exist');
    await database.drop();
  });
});

test('the server is the one of the project', async () => {
  const server = inject('testServer');
  const client = new Client(server.url);
  await client.connect();
  const { rows } = await client.query("select current_setting('server_version') as version");
  await client.end();
  expect(String(rows[0].version)).toMatch(new RegExp(`^${server.majorVersion}\\b`));
});

import { afterAll, describe, expect, inject, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../src/testing/index.ts';

const databases: TestDatabase[] = [];
afterAll(async () => {
  for (const database of databases) await database.drop();
});

async function create(...args: Parameters<typeof createTestDatabase>): Promise<TestDatabase> {
  const database = await createTestDatabase(...args);
  databases.push(database);
  return database;
}

describe('createTestDatabase', () => {
  test('empty', async () => {
    const database = await create({ template: 'empty' });
    const client = await database.connect();
    const { rows } = await client.query('select current_database() as name');
    expect(rows).toEqual([{ name: database.name }]);
    await client.end();
  });
  test('one migration', async () => {
    const database = await create({ template: { migrations: 1 } });
    const client = await database.connect();
    const { rows } = await client.query('select migration_name from _prisma_migrations');
    expect(rows).toHaveLength(1);
    await client.end();
    expect(inject('testServer').majorVersion).toBeGreaterThan(13);
  });
});

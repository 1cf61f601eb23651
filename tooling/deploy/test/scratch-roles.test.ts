import { randomBytes } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@apms/db/testing';
import type { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Connection, parseConnection } from '../src/connection.ts';
import { undoingRoles } from '../src/scratch.ts';

/** Its own maintenance database, so that other tests' deployments on the server do not take part. */
let database: TestDatabase;
let maintenance: Connection;
let client: Client;
let role: string;

beforeAll(async () => {
  database = await createTestDatabase({ template: 'empty' });
  maintenance = parseConnection(database.url, 'TEST_DATABASE_URL');
  client = await database.connect();
});

afterAll(() => database.drop());

beforeEach(() => {
  role = `apms_test_role_${randomBytes(4).toString('hex')}`;
});

afterEach(() => client.query(`drop role if exists ${role}`));

async function exists(): Promise<boolean> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
  return rowCount === 1;
}

const create = () => client.query(`create role ${role}`);
const trying = <T>(use: () => Promise<T>) =>
  undoingRoles(maintenance, 'apms-test', [{ sql: `create role ${role}` }], use);

test('a role that was made meanwhile is dropped', async () => {
  await trying(create);
  expect(await exists()).toBe(false);
});

test('a role that was made meanwhile is dropped also when the work fails', async () => {
  const work = trying(async () => {
    await create();
    throw new Error('no');
  });
  await expect(work).rejects.toThrow('no');
  expect(await exists()).toBe(false);
});

test('a role that was there before stays', async () => {
  await create();
  await trying(async () => undefined);
  expect(await exists()).toBe(true);
});

test('a role that no migration names stays', async () => {
  await undoingRoles(maintenance, 'apms-test', [{ sql: 'select 1' }], create);
  expect(await exists()).toBe(true);
});

test('a role is not taken away from another deployment on the server', async () => {
  await trying(async () => {
    await trying(create);
    expect(await exists()).toBe(true);
  });
  expect(await exists()).toBe(false);
});

import { createTestDatabase, type TestDatabase } from '@apms/db/testing';
import type { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { seedShared, seedWorkspace, workspaceIds } from './support/seed-workspace.ts';

let database: TestDatabase;
const clients: Client[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  const client = await connect();
  await seedShared(client);
  await seedWorkspace(client, 'a');
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.end();
});
afterAll(() => database.drop());

async function connect(): Promise<Client> {
  const client = await database.connect();
  clients.push(client);
  return client;
}

/** Begins a mutation as the API does and claims its key; the id of the claim, or undefined when another has it. */
async function claim(client: Client, key: string, id: string): Promise<string | undefined> {
  await client.query('begin');
  await client.query(
    `select set_config('role', 'apms_api', true), set_config('app.workspace_id', $1, true),
            set_config('app.user_id', 'alice', true)`,
    [workspaceIds.a],
  );
  const { rows } = await client.query<{ id: string }>(
    `insert into idempotency_keys (id, workspace_id, user_id, key, procedure, request_hash, expires_at)
     values ($1, $2, 'alice', $3, 'sites.create', repeat('0', 64), now() + interval '1 day')
     on conflict (workspace_id, user_id, key) do nothing returning id`,
    [id, workspaceIds.a, key],
  );
  return rows[0]?.id;
}

async function complete(client: Client, id: string, response: unknown): Promise<void> {
  await client.query('update idempotency_keys set response = $2, completed_at = now() where id = $1', [
    id,
    JSON.stringify(response),
  ]);
  await client.query('commit');
}

async function readResponse(client: Client, key: string): Promise<unknown> {
  const { rows } = await client.query<{ response: unknown; completed: boolean }>(
    `select response, completed_at is not null as completed from idempotency_keys where user_id = 'alice' and key = $1`,
    [key],
  );
  return rows[0];
}

/** Resolves once a session of the database waits for the transaction of another. */
async function someoneWaits(): Promise<void> {
  const observer = await connect();
  const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  await expect.poll(async () => (await observer.query(waiting)).rowCount).toBe(1);
}

test('a second caller waits for the first, then reads its response', async () => {
  const [first, second] = [await connect(), await connect()];
  expect(await claim(first, 'waits', 'k-1')).toBe('k-1');
  const claiming = claim(second, 'waits', 'k-2');
  await someoneWaits();
  await complete(first, 'k-1', { id: 'site-1' });
  expect(await claiming).toBeUndefined();
  expect(await readResponse(second, 'waits')).toEqual({ response: { id: 'site-1' }, completed: true });
  await second.query('commit');
});

test('a second caller takes the place of a first that failed', async () => {
  const [first, second] = [await connect(), await connect()];
  await claim(first, 'fails', 'k-3');
  const claiming = claim(second, 'fails', 'k-4');
  await someoneWaits();
  await first.query('rollback');
  expect(await claiming).toBe('k-4');
  await complete(second, 'k-4', null);
  expect(await readResponse(await connect(), 'fails')).toEqual({ response: null, completed: true });
});

test('a first caller whose connection is lost leaves no key behind', async () => {
  const [first, second] = [await connect(), await connect()];
  first.on('error', () => undefined);
  await claim(first, 'is lost', 'k-5');
  await second.query(`select pg_terminate_backend(pid) from pg_stat_activity
                      where datname = current_database() and state = 'idle in transaction'`);
  expect(await claim(second, 'is lost', 'k-6')).toBe('k-6');
  await second.query('rollback');
});

test('of twenty callers at once one does the work, and all read one response', async () => {
  const sessions = await Promise.all(Array.from({ length: 20 }, connect));
  const answers = await Promise.all(
    sessions.map(async (client, index) => {
      const id = await claim(client, 'twenty', `k-20-${index}`);
      if (id !== undefined) {
        await client.query(
          `insert into sites (id, workspace_id, site_code, name) values ($1, $2, 'ONCE', 'Once')`,
          [`once-${index}`, workspaceIds.a],
        );
        await complete(client, id, { by: index });
        return { by: index };
      }
      const stored = await readResponse(client, 'twenty');
      await client.query('commit');
      return stored;
    }),
  );
  const workers = answers.filter((answer) => !JSON.stringify(answer).includes('completed'));
  expect(workers).toHaveLength(1);
  const repeated = { response: workers[0], completed: true };
  expect(answers.filter((answer) => answer !== workers[0])).toEqual(
    Array.from({ length: 19 }, () => repeated),
  );
  const { rows } = await (await connect()).query(
    `select count(*)::int as count from sites where site_code = 'ONCE'`,
  );
  expect(rows).toEqual([{ count: 1 }]);
});

test('keys of another person or workspace are other keys', async () => {
  const client = await connect();
  await claim(client, 'mine', 'k-7');
  const { rowCount } = await client.query(
    `insert into idempotency_keys (id, workspace_id, user_id, key, procedure, request_hash, expires_at)
     values ('k-8', $1, 'bob', 'mine', 'sites.create', repeat('0', 64), now())
     on conflict (workspace_id, user_id, key) do nothing returning id`,
    [workspaceIds.a],
  );
  expect(rowCount).toBe(1);
  await client.query('rollback');
});

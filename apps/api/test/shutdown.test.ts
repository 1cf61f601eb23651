import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { newId, openDatabase } from '@apms/db';
import { createTestDatabase, type TestDatabase } from '@apms/db/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { insertPerson, type TestPerson } from './support/insert-person.ts';
import { type ApiProcess, startProcess } from './support/start-process.ts';

let testDatabase: TestDatabase;
let person: TestPerson;
const workspaceId = newId();

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  const database = openDatabase({ connectionString: testDatabase.url });
  await database.prisma.workspace.create({ data: { id: workspaceId, code: 'W', name: 'A programme' } });
  person = await insertPerson(database, workspaceId, ['DOC_CONTROL']);
  await database.close();
});
afterAll(() => testDatabase.drop());

const start = (env: Readonly<Record<string, string>> = {}) =>
  startProcess({ DATABASE_URL: testDatabase.url, ...env });

function addSite(api: ApiProcess, siteCode: string): Promise<Response> {
  return fetch(`${api.url}/trpc/sites.create`, {
    method: 'POST',
    headers: { ...person.credentials, 'x-workspace-id': workspaceId, 'content-type': 'application/json' },
    body: JSON.stringify({ siteCode, name: 'A site' }),
  });
}

/** Runs the work while nobody can read or write sites. */
async function withSitesLocked(work: () => Promise<void>): Promise<void> {
  const holder = await testDatabase.connect();
  await holder.query('begin');
  await holder.query('lock table sites in access exclusive mode');
  try {
    await work();
  } finally {
    await holder.query('rollback');
    await holder.end();
  }
}

async function isWaiting(): Promise<void> {
  const client = await testDatabase.connect();
  await vi.waitFor(
    async () => {
      const { rows } = await client.query(
        `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      );
      expect(rows).toHaveLength(1);
    },
    { timeout: 10_000 },
  );
  await client.end();
}

test('SIGTERM: ready no more, what runs is finished, and the process ends well', async () => {
  const api = await start({ SHUTDOWN_DELAY_MS: '500' });
  await vi.waitFor(async () => expect((await fetch(`${api.url}/readyz`)).status).toBe(200), {
    timeout: 10_000,
  });
  let running: Promise<Response> | undefined;
  await withSitesLocked(async () => {
    running = addSite(api, 'S-1');
    await isWaiting();
    api.child.kill('SIGTERM');
    await vi.waitFor(async () => expect((await fetch(`${api.url}/readyz`)).status).toBe(503));
    expect((await fetch(`${api.url}/livez`)).status).toBe(200);
    await vi.waitFor(() => expect(fetch(`${api.url}/livez`)).rejects.toThrow('fetch failed'), {
      timeout: 5_000,
    });
  });
  const answered = await running;
  expect(answered?.status).toBe(200);
  expect(await api.exited).toBe(0);
  expect(api.output()).toContain('"stopped"');
});

test('a second signal ends the process at once, and nothing is half done', async () => {
  const api = await start();
  await withSitesLocked(async () => {
    const running = addSite(api, 'S-2').catch((error: unknown) => error);
    await isWaiting();
    api.child.kill('SIGINT');
    await vi.waitFor(() => expect(api.output()).toContain('"stopping"'));
    api.child.kill('SIGINT');
    expect(await api.exited).toBe(1);
    expect(await running).toBeInstanceOf(Error);
  });
  const client = await testDatabase.connect();
  const { rows } = await client.query(`select from sites where site_code = 'S-2'`);
  expect(rows).toEqual([]);
  await client.end();
});

test('what does not finish within the limit does not hold the process up', async () => {
  const api = await start({ SHUTDOWN_LIMIT_MS: '300' });
  await withSitesLocked(async () => {
    const running = addSite(api, 'S-3').catch((error: unknown) => error);
    await isWaiting();
    api.child.kill('SIGTERM');
    expect(await api.exited).toBe(1);
    await running;
  });
});

test('connections on which nothing is asked do not keep the process', async () => {
  const api = await start();
  const { port } = new URL(api.url);
  const idle = connect(Number(port), '127.0.0.1');
  idle.on('error', () => undefined);
  await once(idle, 'connect');
  await fetch(`${api.url}/livez`);
  api.child.kill('SIGTERM');
  expect(await api.exited).toBe(0);
});

test('says everything that is wrong with its environment, and no secret', async () => {
  const failing = startProcess({ DATABASE_URL: 'mysql://root:hunter2@db', SECRET: 'short', PORT: 'x' });
  await expect(failing).rejects.toThrow(/DATABASE_URL[^]*SECRET[^]*PORT/);
  await expect(failing).rejects.not.toThrow(/hunter2|short/);
});

test('ends when its port is taken', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  const PORT = typeof address === 'object' && address !== null ? String(address.port) : '';
  await expect(start({ PORT })).rejects.toThrow(/EADDRINUSE/);
  taken.close();
});

test('metrics are served on a port of their own', async () => {
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const address = free.address();
  const METRICS_PORT = typeof address === 'object' && address !== null ? String(address.port) : '';
  free.close();
  const api = await start({ METRICS_PORT });
  await addSite(api, 'S-4');
  const metrics = await (await fetch(`http://127.0.0.1:${METRICS_PORT}/metrics`)).text();
  expect(metrics).toContain('apms_procedure_duration_seconds_count{procedure="sites.create",status="200"} 1');
  expect(metrics).toMatch(/apms_database_connections \d/);
  expect(metrics).toContain('nodejs_eventloop_lag_seconds');
  expect((await fetch(`${api.url}/metrics`)).status).toBe(404);
  api.child.kill('SIGTERM');
  expect(await api.exited).toBe(0);
});

test('a database without migrations, and one that is gone, make a process not ready, which it survives', async () => {
  const empty = await createTestDatabase({ template: 'empty' });
  const api = await startProcess({ DATABASE_URL: empty.url });
  const readiness = async () => {
    const response = await fetch(`${api.url}/readyz`);
    const answer: unknown = await response.json();
    return [response.status, answer];
  };
  const checks = { database: true, migrations: false, changes: true, serving: true };
  await vi.waitFor(async () => expect(await readiness()).toEqual([503, { status: 'failing', checks }]), {
    timeout: 10_000,
  });
  await empty.drop();
  const none = { ...checks, database: false, changes: false };
  await vi.waitFor(
    async () => expect(await readiness()).toEqual([503, { status: 'failing', checks: none }]),
    {
      timeout: 10_000,
    },
  );
  expect((await fetch(`${api.url}/livez`)).status).toBe(200);
  api.child.kill('SIGTERM');
  expect(await api.exited).toBe(0);
});

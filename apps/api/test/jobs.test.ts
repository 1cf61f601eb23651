import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { newId, openDatabase } from '@apms/db';
import { createTestDatabase, type TestDatabase } from '@apms/db/testing';
import type { SendOptions } from 'pg-boss';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Alert } from '../src/jobs/alert.ts';
import { cleanUp } from '../src/jobs/clean-up.ts';
import { installQueues } from '../src/jobs/install-queues.ts';
import { createJobQueue } from '../src/jobs/job-queue.ts';
import { type JobsProcess, startJobsProcess } from './support/jobs.ts';
import { startProcess } from './support/start-process.ts';

let database: TestDatabase;
const running: JobsProcess[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  await installQueues(database.url);
});
afterAll(() => database.drop());
beforeEach(() => async () => {
  await Promise.all(running.splice(0).map((jobs) => jobs.stop()));
  const client = await database.connect();
  await client.query('delete from pgboss.job; delete from pgboss.schedule');
  await client.end();
});

async function start(
  ...options: Parameters<typeof startJobsProcess> extends [string, ...infer Rest] ? Rest : never
) {
  const jobs = await startJobsProcess(database.url, ...options);
  running.push(jobs);
  return jobs;
}

async function query<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = await database.connect();
  const { rows } = await client.query<Row>(sql, values);
  await client.end();
  return rows;
}

const statesOf = (name: string) =>
  query<{ state: string; retries: number; output: unknown }>(
    'select state::text, retry_count as retries, output from pgboss.job where name = $1 order by created_on',
    [name],
  );

/** Adds a job as a process that does none. */
async function add(name: string, options: SendOptions = {}): Promise<void> {
  const sender = createJobQueue({
    connectionString: database.url,
    works: false,
    onError: () => undefined,
  });
  await (await sender.open()).send(name, null, options);
  await sender.close();
}

function mailAlert(to: string): { to: string; alert: Alert } {
  const alert = {
    id: newId(),
    kind: 'slaBreached',
    workspaceId: newId(),
    subject: 'S',
    text: 'T',
    facts: {},
  } as const;
  return { to, alert };
}

describe('installing', () => {
  test('may be repeated', async () => {
    await installQueues(database.url);
    const queues = await query('select name from pgboss.queue');
    expect(queues.length).toBeGreaterThanOrEqual(5);
  });

  test('is needed, and said so', async () => {
    const bare = await createTestDatabase();
    await expect(startJobsProcess(bare.url)).rejects.toThrow(/not installed/);
    await bare.drop();
  });

  test('gives the login what it needs and nothing more', async () => {
    const role = `login_${newId().replaceAll('-', '')}`;
    await query(`create role ${role} login noinherit password 'x'; grant apms_api, apms_jobs to ${role}`);
    const url = new URL(database.url);
    url.username = role;
    url.password = 'x';
    const jobs = await startJobsProcess(url.href);
    const boss = await jobs.queue.open();
    await boss.send('sla-breaches');
    await boss.send('integrity-audit');
    await boss.send('clean-up');
    for (const name of ['sla-breaches', 'integrity-audit', 'clean-up']) {
      await expect.poll(() => statesOf(name), { timeout: 10_000 }).toMatchObject([{ state: 'completed' }]);
    }
    await boss.supervise();
    await jobs.stop();
    const login = openDatabase({ connectionString: url.href });
    const asRole = (name: string, sql: string) => login.pool.query(`set role ${name}; ${sql}; reset role`);
    for (const sql of ['select from pgboss.job', 'insert into pgboss.queue (name) values ($$x$$)']) {
      await expect(asRole('apms_api', sql)).rejects.toMatchObject({ code: '42501' });
    }
    for (const sql of ['create table pgboss.x ()', 'drop table pgboss.job', 'truncate pgboss.job']) {
      await expect(asRole('apms_jobs', sql)).rejects.toMatchObject({ code: '42501' });
    }
    await login.close();
    await query(`drop owned by ${role}; drop role ${role}`);
  });
});

describe('several processes', () => {
  test('do what is scheduled once', async () => {
    const everyMinute = { 'sla-breaches': '* * * * *', 'clean-up': '* * * * *' };
    const startedAt = Date.now();
    await Promise.all([start({ schedules: everyMinute }), start({ schedules: everyMinute })]);
    const jobs = async () =>
      await query<{ name: string; slot: Date; state: string }>(
        `select name, singleton_on as slot, state::text from pgboss.job
         where name in ('sla-breaches', 'clean-up', 'integrity-audit')`,
      );
    await expect
      .poll(async () => new Set((await jobs()).map(({ name }) => name)).size, { timeout: 20_000 })
      .toBe(2);
    // Time in which a second process would do it once more.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await expect
      .poll(async () => (await jobs()).filter(({ state }) => state !== 'completed'), { timeout: 20_000 })
      .toEqual([]);
    const done = await jobs();
    const minutes = Math.floor(Date.now() / 60_000) - Math.floor(startedAt / 60_000) + 1;
    expect(done.filter(({ name }) => name === 'clean-up').length).toBeLessThanOrEqual(minutes);
  });

  test('take over from one that was killed', async () => {
    const path = fileURLToPath(new URL('./support/jobs-worker.ts', import.meta.url));
    const child = spawn(process.execPath, [path, database.url], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const said: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (text: string) => said.push(text));
    await expect.poll(() => said.join(''), { timeout: 20_000 }).toContain('started');
    await add('clean-up', { expireInSeconds: 4, retryDelay: 0 });
    await expect.poll(() => said.join(''), { timeout: 20_000 }).toContain('busy');
    const [before] = await statesOf('clean-up');
    expect(before).toMatchObject({ state: 'active', retries: 0 });

    child.kill('SIGKILL');
    await once(child, 'exit');
    const killedAt = Date.now();
    await start();
    await expect
      .poll(() => statesOf('clean-up'), { timeout: 30_000 })
      .toMatchObject([{ state: 'completed', retries: 1 }]);
    expect(Date.now() - killedAt).toBeLessThan(15_000);
  });

  test('go on when their connections are lost', async () => {
    await start();
    const ended = await query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
    expect(ended.length).toBeGreaterThan(0);
    await add('sla-breaches');
    await expect
      .poll(() => statesOf('sla-breaches'), { timeout: 20_000 })
      .toMatchObject([{ state: 'completed' }]);
  });

  test('finish what they are doing when they are stopped, and take nothing more', async () => {
    const sent: string[] = [];
    const begun = Promise.withResolvers<void>();
    const mailer = {
      send: async ({ to }: { to: string }) => {
        begun.resolve();
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        sent.push(to);
      },
    };
    const jobs = await startJobsProcess(database.url, { mailer });
    const boss = await jobs.queue.open();
    await boss.insert('alert-mail', [
      { data: mailAlert('first@x.example') },
      { data: mailAlert('second@x.example') },
    ]);
    await begun.promise;
    await jobs.stop();
    expect(sent).toHaveLength(1);
    expect((await statesOf('alert-mail')).map(({ state }) => state).toSorted()).toEqual([
      'completed',
      'created',
    ]);
  });
});

describe('a process of the API', () => {
  test('does jobs, and stops when it is told to', async () => {
    const api = await startProcess({ DATABASE_URL: database.url });
    onTestFinished(() => void api.child.kill('SIGKILL'));
    await add('sla-breaches');
    await expect
      .poll(() => statesOf('sla-breaches'), { timeout: 20_000 })
      .toMatchObject([{ state: 'completed' }]);
    api.child.kill('SIGTERM');
    expect(await api.exited).toBe(0);
    expect(api.output()).not.toContain('"level":50');
  });

  test('answers where no queue is installed', async () => {
    const bare = await createTestDatabase();
    const api = await startProcess({ DATABASE_URL: bare.url });
    onTestFinished(() => void api.child.kill('SIGKILL'));
    await expect.poll(() => api.output(), { timeout: 20_000 }).toContain('jobs:install');
    expect((await fetch(`${api.url}/livez`)).status).toBe(200);
    api.child.kill('SIGTERM');
    expect(await api.exited).toBe(0);
    await bare.drop();
  });
});

describe('cleaning up', () => {
  test('deletes what has expired in batches, and nothing else', async () => {
    await query(`
      insert into users (id, email, display_name, status) values ('u', 'u@x.example', 'U', 'ACTIVE');
      insert into workspaces (id, code, name) values ('00000000-0000-7000-8000-000000000001', 'CLEAN', 'C');
      insert into sessions (id, user_id, token, expires_at)
        select 's' || n, 'u', 't' || n, now() + (n - 2500) * interval '1 hour' from generate_series(1, 2510) n;
      insert into verifications (id, identifier, value, expires_at)
        select 'v' || n, 'i', 'x', now() + (n - 2) * interval '1 hour' from generate_series(1, 3) n;
      insert into idempotency_keys (id, workspace_id, user_id, key, procedure, request_hash, expires_at)
        select 'k' || n, '00000000-0000-7000-8000-000000000001', 'u', 'k' || n, 'p', repeat('0', 64),
               now() + (n - 2) * interval '1 hour'
        from generate_series(1, 3) n`);
    const removed: string[] = [];
    const asked: Date[] = [];
    const documents = {
      list: async function* list(writtenBefore: Date) {
        asked.push(writtenBefore);
        yield await Promise.resolve('nobody-knows-it');
      },
      remove: async (key: string) => void removed.push(key),
    };
    const now = new Date(Date.now() + 60_000);
    const db = openDatabase({ connectionString: database.url });
    const { signal } = new AbortController();
    const both = await Promise.all([
      cleanUp(db, documents, { now, signal }),
      cleanUp(db, documents, { now, signal }),
    ]);
    expect(both.reduce((sum, { rows }) => sum + rows, 0)).toBe(2_504);
    expect(removed).toContain('nobody-knows-it');
    // Whoever goes back to a backup of weeks ago finds its documents whole.
    expect(asked).toEqual(both.map(() => new Date(now.getTime() - 35 * 24 * 60 * 60 * 1000)));
    const left = await query(
      'select (select count(*)::int from sessions) s, (select count(*)::int from verifications) v',
    );
    expect(left).toEqual([{ s: 10, v: 1 }]);
    await db.close();
  });
});

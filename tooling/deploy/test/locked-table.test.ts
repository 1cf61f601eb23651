import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { createScenario, type Scenario, SITES } from './support/scenario.ts';

const [FIRST, SECOND] = ['20270101000000_first', '20270102000000_second'];
const BUSY = "update sites set city = 'Old'";

describe.skipIf(inject('testServer').kind === 'embedded')('a table that another session has locked', () => {
  let scenario: Scenario;

  afterEach(() => scenario.remove());

  async function prepare(sql: string, attempts: number, lockTimeoutMs = 600): Promise<Scenario> {
    scenario = await createScenario({
      data: SITES,
      settings: { lockTimeoutMs, attempts },
      pending: { [FIRST]: 'create table first (a int);', [SECOND]: sql },
    });
    return scenario;
  }

  /** A session of the application, in the middle of a transaction. */
  async function application(sql: string): Promise<Client> {
    const client = await scenario.database.connect();
    await client.query(`set application_name = 'batch'; begin; ${sql}`);
    return client;
  }

  async function waiting(): Promise<unknown[]> {
    return scenario.query(
      `select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like 'alter table sites%'`,
    );
  }

  test('for long ends the deployment, which names who had it and leaves nothing', async () => {
    const { run, identity } = await prepare('alter table sites add column note text;', 2);
    const before = await identity();
    const batch = await application(BUSY);
    const { rows } = await batch.query<{ pid: number; user: string }>(
      'select pg_backend_pid() as pid, current_user as user',
    );
    const { exitCode, output, report } = await run();
    expect({ exitCode, report }).toMatchObject({
      exitCode: 1,
      report: {
        outcome: 'rolled-back',
        failure: { code: 'LOCK_TIMEOUT' },
        rollback: { way: 'transaction', verified: true },
      },
    });
    const [session] = rows;
    expect(output).toContain(`Migration ${SECOND} did not get its locks in 2 attempts of 600 ms`);
    expect(output).toContain(`pid ${session?.pid} (batch, user ${session?.user}, idle in transaction`);
    await batch.query('rollback');
    expect(await identity()).toEqual(before);
    expect(await run()).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });
  });

  test('and gives back meanwhile is waited for', async () => {
    const { run, query } = await prepare('alter table sites add column note text;', 5);
    const batch = await application(BUSY);
    const running = run();
    const ended = running.then(({ output }) => {
      throw new Error(`It never waited:\n${output}`);
    });
    // It ends some time; only too soon is wrong.
    ended.catch(() => undefined);
    const waits = async () => {
      await expect.poll(waiting, { timeout: 60_000, interval: 20 }).toHaveLength(1);
    };
    await Promise.race([ended, waits()]);
    await sleep(800);
    await batch.query('commit');
    expect(await running).toMatchObject({
      exitCode: 0,
      report: { outcome: 'deployed', rollback: null, warnings: [] },
    });
    expect(await query('select distinct city, note from sites')).toEqual([{ city: 'Old', note: null }]);
  });

  test('in the other order is a deadlock, whose victim tries again', async () => {
    const sql = 'alter table sites add column note text;\nalter table users add column note text;';
    const { run, query } = await prepare(sql, 5, 20_000);
    const batch = await application('lock table users in row exclusive mode');
    const running = run();
    const blocked = () => query("select 1 from pg_locks where relation = 'users'::regclass and not granted");
    await expect.poll(blocked, { timeout: 60_000, interval: 20 }).toHaveLength(1);
    await batch.query(`${BUSY}; commit`);
    expect(await running).toMatchObject({ exitCode: 0, report: { outcome: 'deployed', rollback: null } });
    expect(await query('select distinct city, note from sites')).toEqual([{ city: 'Old', note: null }]);
    const deadlocks = () =>
      query('select deadlocks::int from pg_stat_database where datname = current_database()');
    await expect.poll(deadlocks, { timeout: 10_000 }).toEqual([{ deadlocks: 1 }]);
  });
});

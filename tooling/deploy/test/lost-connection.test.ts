import { afterEach, describe, expect, inject, test } from 'vitest';
import { type Cut, type CuttingProxy, startCuttingProxy } from './support/cutting-proxy.ts';
import { databasesOf } from './support/identity.ts';
import { createScenario, type Scenario, SITES } from './support/scenario.ts';

const NAME = '20270101000000_note';
const MARK = 'the migration of this test';
const SQL = `-- ${MARK}\nalter table sites add column note text;`;
/** Slow on the target, where there are sites. */
const SLOW = `${SQL}\nselect pg_sleep(20) from sites limit 1;\nupdate sites set note = 'too late';`;

describe.skipIf(inject('testServer').kind === 'embedded')('a connection that is lost', () => {
  let scenario: Scenario;
  let proxy: CuttingProxy | undefined;

  afterEach(async () => {
    await proxy?.remove();
    proxy = undefined;
    await scenario.remove();
  });

  async function prepare(sql: string) {
    scenario = await createScenario({ data: SITES, settings: { rehearse: false }, pending: { [NAME]: sql } });
    return scenario;
  }

  async function runCutBy(cut: Cut) {
    proxy = await startCuttingProxy(scenario.database.url, cut, MARK);
    return scenario.project.deploy(['run', '--env', 'staging'], { STAGING_DATABASE_URL: proxy.url });
  }

  const LOST = {
    exitCode: 1,
    report: {
      outcome: 'rolled-back',
      failure: { code: 'CONNECTION_LOST', message: expect.stringContaining(`during migration ${NAME}`) },
      rollback: { way: 'transaction', verified: true },
      warnings: [],
    },
  };

  test('because somebody ended the session during the migration leaves the target as it was', async () => {
    const { run, identity, query } = await prepare(SLOW);
    const before = await identity();
    const running = run();
    const end = () =>
      query(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and wait_event = 'PgSleep' and application_name like 'apms-deploy%'`);
    await expect.poll(end, { timeout: 60_000, interval: 20 }).toHaveLength(1);
    expect(await running).toMatchObject(LOST);
    expect(await identity()).toEqual(before);
  });

  test('while the server is still at work ends that session first', async () => {
    const { identity, query } = await prepare(SLOW);
    const before = await identity();
    const startedAt = performance.now();
    const { exitCode, report } = await runCutBy('during the migration');
    expect({ exitCode, report }).toMatchObject(LOST);
    expect(performance.now() - startedAt).toBeLessThan(20_000);
    expect(
      await query(
        "select query from pg_stat_activity where application_name like 'apms-deploy%' and datname = current_database()",
      ),
    ).toEqual([]);
    expect(await identity()).toEqual(before);
  });

  test('before the commit arrived leaves the target as it was', async () => {
    const { identity, run } = await prepare(SQL);
    const before = await identity();
    expect(await runCutBy('before the commit')).toMatchObject(LOST);
    expect(await identity()).toEqual(before);
    expect(await run()).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });
  });

  test('after the commit arrived goes on to the proof', async () => {
    const { run, database } = await prepare(SQL);
    const { exitCode, report } = await runCutBy('after the commit');
    expect({ exitCode, report }).toMatchObject({
      exitCode: 0,
      report: {
        outcome: 'deployed',
        failure: null,
        warnings: [expect.stringContaining('lost around the commit, which had arrived')],
        migrations: [
          { name: NAME, applied: { locks: [{ table: 'public.sites', mode: 'AccessExclusive' }] } },
        ],
        transactionIds: [expect.stringMatching(/^\d+$/)],
      },
    });
    expect(report?.checks.map(({ where }) => where)).toContain('transaction');
    expect(report?.checks.map(({ where }) => where)).toContain('target');
    expect(await databasesOf(database.url, report?.id ?? '')).toEqual([]);
    expect(await run()).toMatchObject({ exitCode: 0, report: { outcome: 'nothing-to-do' } });
  });

  test('during the verification begins that again', async () => {
    await prepare(SQL);
    const { exitCode, report } = await runCutBy('during the verification');
    expect({ exitCode, report }).toMatchObject({
      exitCode: 0,
      report: { outcome: 'deployed', rollback: null },
    });
    const verified = report?.steps.find(({ name }) => name === 'verify');
    expect(verified?.durationMs).toBeGreaterThan(1_000);
  });
});

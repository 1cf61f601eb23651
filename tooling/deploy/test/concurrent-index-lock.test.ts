import type { Client } from 'pg';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { createScenario, type Scenario, SITES } from './support/scenario.ts';

const NAME = '20270101000000_city';
const SQL = 'create index concurrently idx_sites_city on sites (city);';

describe.skipIf(inject('testServer').kind === 'embedded')('a concurrent index and an old transaction', () => {
  let scenario: Scenario;

  afterEach(() => scenario.remove());

  async function prepare(attempts: number): Promise<Scenario> {
    scenario = await createScenario({
      data: SITES,
      // A statement outside a transaction waits ten times as long: one second.
      settings: { rehearse: false, lockTimeoutMs: 100, attempts },
      pending: { [NAME]: SQL },
    });
    return scenario;
  }

  /** An application that has written to the table and does not come to an end. */
  async function openTransaction(): Promise<Client> {
    const application = await scenario.database.connect();
    application.on('error', () => undefined);
    await application.query("set application_name = 'batch'; begin; update sites set city = 'Old'");
    return application;
  }

  async function indexes(): Promise<{ indisvalid: boolean }[]> {
    return scenario.query("select indisvalid from pg_index where indexrelid = to_regclass('idx_sites_city')");
  }

  async function untilDropped(): Promise<void> {
    const query = `select state from pg_stat_activity
      where datname = current_database() and state = 'active' and starts_with(query, 'DROP INDEX CONCURRENTLY')`;
    await expect.poll(() => scenario.query(query), { timeout: 60_000, interval: 20 }).toHaveLength(1);
  }

  test('is tried again once the invalid index of the first attempt is gone', async () => {
    const { run } = await prepare(5);
    const application = await openTransaction();
    const running = run();
    await untilDropped();
    await application.query('commit');
    expect(await running).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });
    expect(await indexes()).toEqual([{ indisvalid: true }]);
  });

  test('that is given up names who was in the way, and leaves nothing', async () => {
    const { run, identity } = await prepare(1);
    const before = await identity();
    const application = await openTransaction();
    const running = run();
    await untilDropped();
    await application.query('rollback');
    const { exitCode, report } = await running;
    expect({ exitCode, report }).toMatchObject({
      exitCode: 1,
      report: {
        outcome: 'rolled-back',
        failure: {
          code: 'LOCK_TIMEOUT',
          message: expect.stringMatching(/in 1 attempts? of 1000 ms.*\(batch, user .*idle in transaction/s),
        },
        rollback: { way: 'inverses', verified: true },
      },
    });
    expect(await identity()).toEqual(before);
  });

  test('that can neither be built nor dropped is left to a person, with the statement', async () => {
    const { run } = await prepare(1);
    const application = await openTransaction();
    const { exitCode, output, report } = await run();
    expect({ exitCode, outcome: report?.outcome }).toEqual({ exitCode: 6, outcome: 'rollback-failed' });
    expect(output).toContain('DROP INDEX CONCURRENTLY IF EXISTS "idx_sites_city"');
    expect(output).toContain(`pnpm deploy:rollback --env staging --to ${report?.id}`);
    await application.query('commit');

    // By then it can be dropped, which is what the next deployment begins with.
    const next = await run();
    expect(next).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });
    expect(next.output).toContain('is brought to its end: staging is as it was before');
  });
});

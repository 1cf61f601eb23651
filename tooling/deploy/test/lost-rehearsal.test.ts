import { afterEach, describe, expect, inject, test } from 'vitest';
import { databasesOf } from './support/identity.ts';
import { createScenario, type Scenario, SITES } from './support/scenario.ts';

const NEXT = '20270101000000_next';

describe.skipIf(inject('testServer').kind === 'embedded')('a connection that is lost', () => {
  let scenario: Scenario;

  afterEach(() => scenario.remove());

  test('in the rehearsal ends the deployment before the target was touched', async () => {
    scenario = await createScenario({ data: SITES });
    const { project, database, identity, query, run } = scenario;
    const mark = `rehearsed for ${database.name}`;
    // Slow on the copy, where there are sites, and not on the empty database of the plan.
    await project.writeMigration(
      NEXT,
      `alter table sites add column note text;\nselect pg_sleep(30) /* ${mark} */ from sites limit 1;`,
    );
    const before = await identity();
    const running = run();
    const end = () =>
      query(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname <> current_database() and wait_event = 'PgSleep' and query like '%${mark}%'`);
    await expect.poll(end, { timeout: 100_000, interval: 20 }).toHaveLength(1);
    const failed = await running;
    expect(failed).toMatchObject({
      exitCode: 1,
      report: { outcome: 'failed', failure: { code: 'CONNECTION_LOST' }, rollback: null },
    });
    expect(failed.report?.steps.map(({ name }) => name)).not.toContain('migrate');
    expect(await identity()).toEqual(before);
    expect(await databasesOf(database.url, failed.report?.id ?? '')).toEqual([]);

    await project.writeMigration(NEXT, 'alter table sites add column note text;');
    expect(await run()).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });
  });
});

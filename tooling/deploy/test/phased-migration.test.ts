import { afterEach, describe, expect, inject, test } from 'vitest';
import { ADDED, createPhasedScenario, NOTED, VALIDATED } from './support/phased-scenario.ts';
import { prisma } from './support/prisma.ts';
import type { Scenario } from './support/scenario.ts';

/** Settings with a hook that writes to the target after the backup, as a client would. */
function writing(sql: string) {
  const code = `
    import { createRequire } from 'node:module';
    const pg = createRequire(${JSON.stringify(import.meta.filename)})('pg');
    const client = new pg.Client({ connectionString: process.env.STAGING_DATABASE_URL });
    await client.connect();
    await client.query(${JSON.stringify(sql)});
    await client.end();`;
  const command = [process.execPath, '--input-type=module', '-e', code];
  return { hooks: { before: [{ command, timeoutMs: 60_000 }] } };
}

describe.skipIf(inject('testServer').kind === 'embedded')('migrations above the lock budget', () => {
  let scenario: Scenario;

  afterEach(() => scenario.remove());

  test('are applied in phases, each within the budget', async () => {
    scenario = await createPhasedScenario();
    const { exitCode, report } = await scenario.run();
    expect({ exitCode, report }).toMatchObject({
      exitCode: 0,
      report: {
        outcome: 'deployed',
        decision: 'GO',
        warnings: [],
        lockBudget: { mode: 'phased', maxLockMs: 1_800, excesses: [], notPhased: null },
      },
    });
    const { together = [], phased } = report?.lockBudget ?? {};
    expect(together[0]?.forecast).toContainEqual(
      expect.objectContaining({ table: 'public.ledger', migration: ADDED, line: 1 }),
    );
    expect(phased?.map(({ kind, statements }) => [kind, statements.map(({ line }) => line)])).toEqual([
      ['transaction', [1, 2]],
      ['transaction', [1]],
      ['transaction', [2]],
      ['transaction', [3]],
      ['alone', [4]],
      ['transaction', [1]],
    ]);
    expect(phased?.every(({ reversible }) => reversible)).toBe(true);
    expect(report?.phases.map(({ kind, migrations }) => [kind, migrations])).toEqual([
      ['transaction', [ADDED]],
      ['transaction', [VALIDATED]],
      ['transaction', [VALIDATED]],
      ['transaction', [VALIDATED]],
      ['alone', [VALIDATED]],
      ['transaction', [NOTED]],
    ]);
    const unvalidated = await scenario.query('select conname from pg_constraint where not convalidated');
    expect(unvalidated).toEqual([]);
    expect(await prisma(scenario.project, 'migrate status', scenario.database.url)).toMatchObject({
      exitCode: 0,
    });
  });

  test.each([
    ['a constraint', 'insert into ledger values (9, -1)', 'ck_ledger'],
    ['a later constraint', 'insert into entries values (9, -1)', 'ck_entries'],
    ['an index', 'insert into entries values (9, 8)', 'ux_entries'],
  ])('are undone when a row that breaks %s was written since the backup', async (_what, sql, name) => {
    scenario = await createPhasedScenario({ settings: writing(sql) });
    const before = await scenario.identity();
    const { exitCode, report } = await scenario.run();
    expect({ exitCode, report }).toMatchObject({
      exitCode: 1,
      report: {
        outcome: 'rolled-back',
        failure: { code: 'MIGRATION_FAILED', message: expect.stringContaining(`"${name}"`) },
        rollback: { way: 'inverses', verified: true, quarantine: null },
        warnings: [],
      },
    });
    const { schema, history } = await scenario.identity();
    expect({ schema, history }).toEqual({ schema: before.schema, history: before.history });
  });

  test('are cancelled before the budget is used up when the target is slower than the rehearsal', async () => {
    // Whatever alters a table of the target goes on to sleep with its locks; nothing does on a copy.
    const lingering = `
      create function linger() returns event_trigger language plpgsql as $$
        begin if current_database() like 'apms_test%' then perform pg_sleep(60); end if; end $$;
      create event trigger linger on ddl_command_end when tag in ('ALTER TABLE') execute function linger();`;
    scenario = await createPhasedScenario({ applied: { '20261231000001_lingering': lingering } });
    const before = await scenario.identity();
    const { exitCode, report } = await scenario.run();
    expect({ exitCode, report }).toMatchObject({
      exitCode: 1,
      report: {
        outcome: 'rolled-back',
        lockBudget: { mode: 'phased', maxLockMs: 1_800 },
        failure: { code: 'LOCK_BUDGET_EXCEEDED', message: expect.stringContaining('after 1600 ms, in time') },
        rollback: { verified: true, quarantine: null },
      },
    });
    expect(await scenario.identity()).toEqual(before);
  });

  test('are swapped back when one fails after a phase that only the backup undoes', async () => {
    scenario = await createPhasedScenario({
      settings: writing('insert into entries values (9, -1)'),
      pending: {
        [ADDED]: `alter table ledger add constraint ck_ledger check (slowly() and amount > 0) not valid;
          comment on table ledger is 'checked';`,
        [VALIDATED]: `alter table ledger validate constraint ck_ledger;
          create table ratios as select 1 / (amount + 1) as ratio from entries;`,
      },
    });
    const before = await scenario.identity();
    const { exitCode, report } = await scenario.run();
    expect({ exitCode, report }).toMatchObject({
      exitCode: 1,
      report: {
        outcome: 'rolled-back',
        lockBudget: { mode: 'phased', phased: [{ reversible: false }, {}, {}] },
        rollback: { way: 'swap-back', verified: true, leftBehind: [{ table: 'public.entries', written: 1 }] },
      },
    });
    expect(await scenario.identity()).toEqual(before);
  });

  test('that cannot be applied in phases are on HOLD, and go in one transaction when that is accepted', async () => {
    scenario = await createPhasedScenario({
      pending: {
        [ADDED]: 'alter table entries add constraint ck_entries check (amount > 0) not valid;',
        [NOTED]: `
          alter table ledger alter column amount type bigint using (case when slowly() then amount end);
          alter table entries validate constraint ck_entries;`,
      },
    });
    const before = await scenario.identity();
    const { exitCode, report, output } = await scenario.run();
    expect({ exitCode, report }).toMatchObject({
      exitCode: 4,
      report: {
        outcome: 'hold',
        decision: 'HOLD',
        lockBudget: {
          mode: 'one transaction',
          excesses: [{ table: 'public.entries' }, { table: 'public.ledger' }],
        },
      },
    });
    expect(output).toMatch(
      /public\.ledger could not be read or written for \d+\.\d s, longer than maxLockMs \(1\.8 s\)/,
    );
    expect(output).toContain(`${NOTED}/migration.sql:2 (alter table ledger alter column amount`);
    expect(output).toContain('Phases do not help: even so, public.ledger');
    expect(await scenario.identity()).toEqual(before);

    expect(await scenario.run('--accept-hold', 'at night')).toMatchObject({
      exitCode: 0,
      report: {
        outcome: 'deployed',
        acceptedHold: 'at night',
        phases: [{ kind: 'transaction', migrations: [ADDED, NOTED] }],
      },
    });
  });

  test('whose phases fail in the rehearsal are on HOLD', async () => {
    scenario = await createPhasedScenario({
      pending: {
        [ADDED]: `create temporary table kept (a int) on commit drop;
          alter table ledger add constraint ck_ledger check (slowly() and amount > 0) not valid;`,
        [VALIDATED]: `update ledger set amount = 1 where amount in (select a from kept);
          alter table ledger validate constraint ck_ledger;
          insert into kept values (1);`,
      },
    });
    const before = await scenario.identity();
    const { exitCode, report, output } = await scenario.run();
    expect({ exitCode, report }).toMatchObject({ exitCode: 4, report: { outcome: 'hold' } });
    expect(output).toContain('In phases they fail: ');
    expect(output).toContain('relation "kept" does not exist');
    expect(await scenario.identity()).toEqual(before);
  });
});

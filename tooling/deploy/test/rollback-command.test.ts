import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { databasesOf, type Identity } from './support/identity.ts';
import { createScenario, type Scenario, SITES } from './support/scenario.ts';

const [FIRST, SECOND] = ['20270101000000_first', '20270102000000_second'];
const WRITES = `insert into sites (id, workspace_id, site_code, name, region)
  select 'late', workspace_id, 'L', 'Late', 'R7' from sites where id = 'site-1';
  update sites set city = 'New' where id = 'site-2';
  delete from sites where id in ('site-3', 'site-4')`;

describe.skipIf(inject('testServer').kind === 'embedded')('deploy rollback', () => {
  let scenario: Scenario;
  let before: Identity;
  let kept: string[];

  beforeEach(async () => {
    kept = [];
    scenario = await createScenario({
      data: SITES,
      settings: { rehearse: false },
      pending: { [FIRST]: "alter table sites add column note text;\nupdate sites set note = 'x';" },
    });
    before = await scenario.identity();
  });

  afterEach(async () => {
    for (const name of kept) await scenario.query(`drop database ${pg.escapeIdentifier(name)} with (force)`);
    await scenario.remove();
  });

  async function deployed(): Promise<string> {
    const { exitCode, report } = await scenario.run();
    expect({ exitCode, outcome: report?.outcome }).toEqual({ exitCode: 0, outcome: 'deployed' });
    return report?.id ?? '';
  }

  async function rollback(...args: string[]) {
    const result = await scenario.project.deploy(['rollback', '--env', 'staging', ...args], scenario.env);
    const quarantine = result.report?.rollback?.quarantine;
    if (quarantine) kept.push(quarantine);
    return { ...result, quarantine };
  }

  test('is refused where nobody can answer', async () => {
    await deployed();
    const after = await scenario.identity();
    const { exitCode, output, quarantine } = await rollback();
    expect({ exitCode, quarantine }).toEqual({ exitCode: 2, quarantine: undefined });
    expect(output).toMatch(/Swap staging back to the backup of .* Give --yes to say so in advance\./);
    expect(await scenario.identity()).toEqual(after);
  });

  test('goes back to the backup of the last deployment and counts what was written since', async () => {
    const id = await deployed();
    await scenario.query(WRITES);
    const { exitCode, output, report, quarantine } = await rollback('--yes');
    expect({ exitCode, report }).toMatchObject({
      exitCode: 0,
      report: {
        outcome: 'rolled-back',
        failure: null,
        warnings: [],
        backup: { id, proven: true },
        rollback: {
          way: 'swap-back',
          verified: true,
          leftBehind: [{ table: 'public.sites', written: 2, updatedOrDeleted: 3 }],
        },
      },
    });
    expect(output).toContain('2 rows written since the backup are only there');
    expect(await scenario.identity()).toEqual(before);
    expect(await databasesOf(scenario.database.url, report?.id ?? '')).toEqual([quarantine]);
    await deployed();
  });

  test('goes back to the backup of any deployment', async () => {
    const first = await deployed();
    await scenario.project.writeMigration(SECOND, 'create table second (a int);');
    const between = await scenario.identity();
    const second = await deployed();
    expect(await rollback('--yes', '--to', second)).toMatchObject({ exitCode: 0 });
    expect(await scenario.identity()).toEqual(between);
    expect(await rollback('--yes', '--to', first)).toMatchObject({
      exitCode: 0,
      report: {
        warnings: [expect.stringContaining('was swapped back since that backup was made')],
        rollback: { verified: true, leftBehind: null },
      },
    });
    expect(await scenario.identity()).toEqual(before);
  });

  test('to a deployment that is not there is refused', async () => {
    await deployed();
    const after = await scenario.identity();
    const { exitCode, output } = await rollback('--yes', '--to', '20200101T000000Z-000000');
    expect(exitCode).toBe(2);
    expect(output).toContain('There is no usable backup "20200101T000000Z-000000"');
    expect(await scenario.identity()).toEqual(after);
  });
});

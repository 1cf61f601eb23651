import { afterEach, describe, expect, inject, test } from 'vitest';
import { databasesOf } from './support/identity.ts';
import { createScenario, type Scenario, SITES } from './support/scenario.ts';

const NAME = '20270101000000_careless';
const ACTIVE = 'ux_config_versions_one_active_per_workspace';

const BREAKAGES = [
  {
    what: 'drops the partial unique index',
    sql: `drop index ${ACTIVE};`,
    problem: new RegExp(`C1 .*partial unique index ${ACTIVE} is missing`),
  },
  {
    what: "changes a foreign key's column to another type",
    sql: 'alter table workflow_stages alter column approver_id type varchar(60);',
    problem: /C2 .*workflow_stages\.approver_id is character varying but references users\.id, which is text/,
  },
  {
    what: 'disables row-level security',
    sql: 'alter table punchlists disable row level security;',
    problem: /C5 .*punchlists has no row-level security/,
  },
  {
    what: 'drops a foreign key',
    sql: 'alter table workflow_stages drop constraint fk_workflow_stages_role;',
    problem: /C1 .*workflow_stages\.role_id belongs to no foreign key/,
  },
  {
    what: 'deletes rows',
    sql: "delete from sites where region = 'R4';",
    problem: /public\.sites loses 2 rows by the migrations/,
  },
];

describe.skipIf(inject('testServer').kind === 'embedded')('a migration that passes and', () => {
  let scenario: Scenario;

  afterEach(() => scenario.remove());

  async function deploying(sql: string, rehearse: boolean) {
    scenario = await createScenario({ data: SITES, settings: { rehearse }, pending: { [NAME]: sql } });
    const before = await scenario.identity();
    const result = await scenario.run();
    expect(await scenario.identity()).toEqual(before);
    expect(await databasesOf(scenario.database.url, result.report?.id ?? '')).toEqual([]);
    return result;
  }

  test.each(BREAKAGES)('$what is a NO-GO that names the check', async ({ sql, problem }) => {
    const { exitCode, output, report } = await deploying(sql, true);
    expect({ exitCode, report }).toMatchObject({
      exitCode: 3,
      report: { outcome: 'no-go', decision: 'NO-GO', failure: null, backup: { proven: true } },
    });
    expect(report?.reasons).toContainEqual(expect.stringMatching(problem));
    expect(output).toMatch(problem);
    expect(report?.migrations).toMatchObject([{ name: NAME, rehearsed: {}, applied: null }]);
  });

  test('orphans rows behind the back of a validated key is a NO-GO that names them', async () => {
    const { exitCode, report } = await deploying(
      `alter table sites disable trigger all;
       update sites set workspace_id = gen_random_uuid() where site_code = 'S1';
       alter table sites enable trigger all;`,
      true,
    );
    expect({ exitCode, report }).toMatchObject({ exitCode: 3, report: { outcome: 'no-go', failure: null } });
    expect(report?.orphans).toMatchObject([{ table: 'sites', count: 1, sampleIds: ['site-1'] }]);
    expect(report?.checks).toContainEqual(expect.objectContaining({ code: 'C1', status: 'failed' }));
  });

  test.each(BREAKAGES)('$what is rolled back before its commit', async ({ sql, problem }) => {
    const { exitCode, output, report } = await deploying(sql, false);
    expect({ exitCode, report }).toMatchObject({
      exitCode: 1,
      report: {
        outcome: 'rolled-back',
        decision: 'GO',
        failure: { code: 'VERIFICATION_FAILED', message: expect.stringMatching(problem) },
        rollback: { way: 'transaction', verified: true, quarantine: null, leftBehind: [] },
        migrations: [{ name: NAME, rehearsed: null, applied: null }],
      },
    });
    expect(output).toMatch(problem);
    expect(report?.checks.every(({ where }) => where === 'transaction')).toBe(true);
    expect(report?.checks).not.toHaveLength(0);
  });
});

import { afterEach, describe, expect, inject, test } from 'vitest';
import { databasesOf } from './support/identity.ts';
import { createScenario, type Scenario, type ScenarioOptions, SITES } from './support/scenario.ts';

const [FINE, BROKEN] = ['20270101000000_fine', '20270102000000_broken'];
const SYNTAX = 'alter table sites add column note text;\n\nalter table sites\n  add colum other text;\n';
/** Two of the sites share their region. */
const UNIQUE = 'create table empty (a int);\n\nalter table sites add constraint ux_region unique (region);\n';
/** Nothing is checked before the commit. */
const DEFERRED = `alter table sites add constraint fk_sites_region foreign key (region) references sites (id)
  deferrable initially deferred not valid;
update sites set name = name || '!', region = region || '!' where region = 'R1';`;

describe.skipIf(inject('testServer').kind === 'embedded')('a migration that fails', () => {
  let scenario: Scenario;

  afterEach(() => scenario.remove());

  async function prepare(broken: string, settings: ScenarioOptions['settings'] = {}) {
    const fine = 'create table fine (a int);';
    scenario = await createScenario({ data: SITES, settings, pending: { [FINE]: fine, [BROKEN]: broken } });
    return scenario;
  }

  /** Runs a deployment that leaves the target as it was and no database behind. */
  async function running() {
    const before = await scenario.identity();
    const result = await scenario.run();
    expect(await scenario.identity()).toEqual(before);
    expect(await databasesOf(scenario.database.url, result.report?.id ?? '')).toEqual([]);
    return result;
  }

  test('to parse is a NO-GO of the plan, with file, line and column', async () => {
    const { plan } = await prepare(SYNTAX);
    const planned = await plan();
    expect(planned.exitCode).toBe(3);
    expect(planned.output).toContain(`${BROKEN}/migration.sql:4:19`);
    expect(planned.output.match(/syntax error at or near "text"/g)).toHaveLength(1);

    const { exitCode, output, report } = await running();
    expect({ exitCode, report }).toMatchObject({
      exitCode: 3,
      report: {
        outcome: 'no-go',
        decision: 'NO-GO',
        backup: null,
        findings: [{ severity: 'error', file: `${BROKEN}/migration.sql`, line: 4, column: 19 }],
      },
    });
    expect(output).toContain(`${BROKEN}/migration.sql:4`);
  });

  test("on the target's data only is a NO-GO of the rehearsal", async () => {
    const { plan } = await prepare(UNIQUE);
    expect((await plan()).exitCode).toBe(0);
    const { exitCode, output, report } = await running();
    expect({ exitCode, report }).toMatchObject({
      exitCode: 3,
      report: { outcome: 'no-go', failure: null, backup: { proven: true } },
    });
    const place = `Migration ${BROKEN} fails at ${BROKEN}/migration.sql:3:1: `;
    expect(report?.reasons).toEqual([expect.stringContaining(`${place}could not create unique index`)]);
    expect(output).toContain('Key (region)=(R4) is duplicated');
  });

  test('without a rehearsal is rolled back, together with those before it', async () => {
    await prepare(UNIQUE, { rehearse: false });
    const { exitCode, output, report } = await running();
    expect({ exitCode, report }).toMatchObject({
      exitCode: 1,
      report: {
        outcome: 'rolled-back',
        failure: { code: 'MIGRATION_FAILED', message: expect.stringContaining('Key (region)=(R4)') },
        rollback: { way: 'transaction', verified: true },
        withoutRows: { failure: expect.stringContaining(`fails at ${BROKEN}/migration.sql:3:1`) },
      },
    });
    expect(report?.withoutRows?.failure).not.toContain('R4');
    expect(output).toContain(`${BROKEN}/migration.sql:3:1`);
  });

  test('where deferred constraints are checked is rolled back, and says that it was there', async () => {
    await prepare(DEFERRED, { rehearse: false });
    const { exitCode, report } = await running();
    expect({ exitCode, report }).toMatchObject({
      exitCode: 1,
      report: {
        outcome: 'rolled-back',
        failure: {
          code: 'MIGRATION_FAILED',
          message: expect.stringMatching(
            /at the end of its transaction.*violates foreign key constraint "fk_sites_region"/s,
          ),
        },
        rollback: { way: 'transaction', verified: true },
      },
    });
  });
});

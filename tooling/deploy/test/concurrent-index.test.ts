import { afterEach, describe, expect, inject, test } from 'vitest';
import { databasesOf } from './support/identity.ts';
import { createScenario, type Scenario, type ScenarioOptions, SITES } from './support/scenario.ts';

const FIRST = '20270101000000_first';
const SECOND = '20270102000000_second';

const UNIQUE_REGION = 'create unique index concurrently ux_sites_region on sites (region);';
/** Passes on an empty database; the target already has the workspace W1. */
const DUPLICATE_WORKSPACE =
  "insert into workspaces (id, code, name) values ('00000000-0000-4000-8000-000000000002', 'W1', 'Again');";

describe.skipIf(inject('testServer').kind === 'embedded')('concurrent indexes among other statements', () => {
  let scenario: Scenario;

  async function prepare(options: ScenarioOptions): Promise<Scenario> {
    scenario = await createScenario({ data: SITES, ...options });
    return scenario;
  }

  afterEach(() => scenario.remove());

  async function isValid(index: string): Promise<boolean | undefined> {
    const [row] = await scenario.query<{ valid: boolean }>(
      'select indisvalid as valid from pg_index where indexrelid = to_regclass($1)',
      [index],
    );
    return row?.valid;
  }

  test('are built before the transaction where they need nothing of it', async () => {
    const { run, plan } = await prepare({
      pending: {
        [FIRST]: 'alter table workspaces add column note text;',
        [SECOND]: 'create index concurrently idx_sites_city on sites (city);',
      },
    });
    const planned = await plan('--json');
    expect(JSON.parse(planned.output)).toMatchObject({
      decision: 'GO',
      units: [
        { kind: 'alone', migration: SECOND, line: 1 },
        { kind: 'transaction', migrations: [FIRST] },
      ],
    });
    expect(await run()).toMatchObject({ exitCode: 0, report: { outcome: 'deployed', rollback: null } });
    expect(await isValid('idx_sites_city')).toBe(true);
    expect((await run()).report).toMatchObject({ outcome: 'nothing-to-do' });
  });

  test('are built after the transaction that makes their table', async () => {
    const { run, plan } = await prepare({
      pending: {
        [FIRST]: 'create table site_notes (site_id text not null, note text);',
        [SECOND]: 'create index concurrently idx_site_notes_site_id on site_notes (site_id);',
      },
    });
    const planned = await plan('--json');
    expect(JSON.parse(planned.output)).toMatchObject({
      units: [
        { kind: 'transaction', migrations: [FIRST] },
        { kind: 'alone', migration: SECOND },
      ],
    });
    expect(await run()).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });
    expect(await isValid('idx_site_notes_site_id')).toBe(true);
  });

  test('that the data refuse are found out in the rehearsal', async () => {
    const { run, identity } = await prepare({ pending: { [FIRST]: UNIQUE_REGION } });
    const before = await identity();
    const { exitCode, report, output } = await run();
    expect({ exitCode, outcome: report?.outcome }).toEqual({ exitCode: 3, outcome: 'no-go' });
    expect(output).toContain(
      `Migration ${FIRST} fails at ${FIRST}/migration.sql:1:1: could not create unique index`,
    );
    expect(output).toContain('Key (region)=(R4) is duplicated.');
    expect(await identity()).toEqual(before);
    expect(await databasesOf(scenario.database.url, report?.id ?? '')).toEqual([]);
  });

  test.each([
    ['a failed build', { [FIRST]: 'alter table workspaces add column note text;', [SECOND]: UNIQUE_REGION }],
    [
      'a build before a failed transaction',
      {
        [FIRST]: DUPLICATE_WORKSPACE,
        [SECOND]: 'create index concurrently "idx Sites ""city""" on public.sites (city);',
      },
    ],
    [
      'a drop before a failed transaction',
      { [FIRST]: DUPLICATE_WORKSPACE, [SECOND]: 'drop index concurrently ux_sites_site_code;' },
    ],
  ])('undo %s on the target by their inverse', async (_, pending) => {
    const { run, identity } = await prepare({ settings: { rehearse: false }, pending });
    const before = await identity();
    const { exitCode, report } = await run();
    expect({ exitCode, report }).toMatchObject({
      exitCode: 1,
      report: {
        outcome: 'rolled-back',
        failure: { code: 'MIGRATION_FAILED' },
        rollback: { way: 'inverses', verified: true, quarantine: null },
      },
    });
    expect(await identity()).toEqual(before);
    expect(await databasesOf(scenario.database.url, report?.id ?? '')).toEqual([]);
  });

  test('that fail after a transaction was committed swap the target back', async () => {
    const { run, identity } = await prepare({
      settings: { rehearse: false },
      pending: {
        [FIRST]: 'create table site_regions as select region from sites;',
        [SECOND]: 'create unique index concurrently ux_site_regions on site_regions (region);',
      },
    });
    const before = await identity();
    const { exitCode, report, output } = await run();
    const quarantine = report?.rollback?.quarantine ?? '';
    expect({ exitCode, report }).toMatchObject({
      exitCode: 1,
      report: {
        outcome: 'rolled-back',
        rollback: { way: 'swap-back', verified: true, leftBehind: [] },
      },
    });
    expect(output).toContain(`the replaced database is kept as "${quarantine}"`);
    expect(await identity()).toEqual(before);
    expect(await databasesOf(scenario.database.url, report?.id ?? '')).toEqual([quarantine]);
  });
});

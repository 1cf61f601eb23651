import { afterEach, describe, expect, inject, test } from 'vitest';
import { databasesOf } from './support/identity.ts';
import { createScenario, type Scenario, type ScenarioOptions } from './support/scenario.ts';

const FIRST = '20270101000000_moods';
const SECOND = '20270102000000_glad';
const MOODS = "create type mood as enum ('calm'); create table moods (mood mood primary key);";
const GLAD = "alter type mood add value 'glad'; insert into moods values ('glad');";

describe.skipIf(inject('testServer').kind === 'embedded')('a new enum label that is used at once', () => {
  let scenario: Scenario;

  async function prepare(options: ScenarioOptions): Promise<Scenario> {
    scenario = await createScenario({ applied: { [FIRST]: MOODS }, ...options });
    return scenario;
  }

  afterEach(() => scenario.remove());

  test('is committed before its use', async () => {
    const { run, plan, query } = await prepare({ pending: { [SECOND]: GLAD } });
    expect((await plan()).output).toContain(
      `alone: ${SECOND}:1 (ALTER TYPE ADD VALUE must be committed before a later statement uses the new label 'glad'; only the backup undoes it)`,
    );
    expect(await run()).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });
    expect(await query('select mood::text from moods')).toEqual([{ mood: 'glad' }]);
  });

  test('is swapped away when what follows fails', async () => {
    const { run, identity } = await prepare({
      settings: { rehearse: false },
      pending: { [SECOND]: `${GLAD} insert into moods values ('glad');` },
    });
    const before = await identity();
    const { exitCode, report } = await run();
    expect({ exitCode, report }).toMatchObject({
      exitCode: 1,
      report: {
        outcome: 'rolled-back',
        failure: { code: 'MIGRATION_FAILED' },
        rollback: { way: 'swap-back', verified: true },
      },
    });
    expect(await identity()).toEqual(before);
    expect(await databasesOf(scenario.database.url, report?.id ?? '')).toEqual([
      report?.rollback?.quarantine,
    ]);
  });

  test('needs no swap where adding it fails', async () => {
    const { run, identity } = await prepare({
      settings: { rehearse: false },
      pending: { [SECOND]: "alter type mood add value 'calm'; insert into moods values ('calm');" },
    });
    const before = await identity();
    const { exitCode, report } = await run();
    expect({ exitCode, report }).toMatchObject({
      exitCode: 1,
      report: { outcome: 'rolled-back', rollback: { way: 'transaction', verified: true, quarantine: null } },
    });
    expect(await identity()).toEqual(before);
  });
});

import { afterEach, describe, expect, inject, test } from 'vitest';
import { createScenario, type Scenario, SITES } from './support/scenario.ts';

const FIRST = '20270101000000_first';
const SECOND = '20270102000000_second';

describe.skipIf(inject('testServer').kind === 'embedded')('retention', () => {
  let scenario: Scenario;
  afterEach(() => scenario.remove());

  test('removes old backups, but never the one that the target would go back to', async () => {
    scenario = await createScenario({
      settings: { keepBackups: 1 },
      pending: { [FIRST]: 'alter table sites add column note text;' },
      data: SITES,
    });
    const before = await scenario.identity();
    const deployed = await scenario.run();
    expect(deployed).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });

    // On the target's data only, so that each of these runs makes a backup before its NO-GO.
    await scenario.project.writeMigration(
      SECOND,
      'create unique index concurrently by_region on sites (region);',
    );
    const ids = [deployed.report?.id];
    for (const _ of [1, 2]) {
      const refused = await scenario.run();
      expect(refused).toMatchObject({ exitCode: 3, report: { outcome: 'no-go' } });
      ids.push(refused.report?.id);
    }
    const { output } = await scenario.project.deploy(['backup', 'list', '--env', 'staging', '--json']);
    const kept = output
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(kept).toMatchObject([
      { id: ids[0], usable: true },
      { id: ids[2], usable: true },
    ]);

    const back = await scenario.project.deploy(['rollback', '--env', 'staging', '--yes'], scenario.env);
    expect(back).toMatchObject({ exitCode: 0, report: { outcome: 'rolled-back' } });
    expect(await scenario.identity()).toEqual(before);
  });
});

import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { databasesOf } from './support/identity.ts';
import { createScenario, type Scenario } from './support/scenario.ts';

const PENDING = { '20270101000000_drop_index': 'drop index idx_workflow_stages_role_id;' };
const REASON = 'built anew on Monday: "ticket" 7';

describe.skipIf(inject('testServer').kind === 'embedded')('a HOLD', () => {
  let scenario: Scenario;

  beforeAll(async () => {
    scenario = await createScenario({ pending: PENDING });
  });

  afterAll(() => scenario.remove());

  test('stops with exit 4, says why and how to go on, and changes nothing', async () => {
    const before = await scenario.identity();
    const result = await scenario.run();
    expect(result).toMatchObject({
      exitCode: 4,
      report: { outcome: 'hold', decision: 'HOLD', acceptedHold: null, rollback: null },
    });
    expect(result.report?.reasons).toEqual([
      expect.stringMatching(/^I1 Indexes failed: .*fk_workflow_stages_role has no index/),
    ]);
    expect(result.output).toContain('repeat the command with --accept-hold "REASON"');
    expect(await scenario.identity()).toEqual(before);
    expect(await databasesOf(scenario.database.url, result.report?.id ?? '')).toEqual([]);
  });

  test('is deployed with a reason, which is recorded, and told as JSON, a line an event', async () => {
    const result = await scenario.run('--accept-hold', REASON, '--json');
    expect(result).toMatchObject({
      exitCode: 0,
      report: { outcome: 'deployed', decision: 'HOLD', acceptedHold: REASON },
    });
    const events: { type: string; at: string; step?: string }[] = result.output
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events[0]).toMatchObject({ type: 'run-started', target: 'staging' });
    expect(events.at(-1)).toMatchObject({ type: 'report', report: { outcome: 'deployed', exitCode: 0 } });
    const finished = events.filter(({ type }) => type === 'step-finished').map(({ step }) => step);
    expect(finished).toEqual([
      'plan',
      'lock',
      'backup',
      'rehearse',
      'gate',
      'migrate',
      'verify',
      'smoke',
      'finish',
    ]);
    expect(result.output).not.toContain('\u001b');
  });
});

import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { databasesOf } from './support/identity.ts';
import { createScenario, type Scenario, SITES } from './support/scenario.ts';

const BASELINE = '20251228000000_baseline';
const KEYS = '20251229033315_add_master_tables_fks';
const LAST = '20260301000000_alert_thresholds';
const EARLIER = '20251230000000_earlier';

interface Case {
  what: string;
  /** Makes folder and history disagree. */
  spoil: (scenario: Scenario) => Promise<unknown>;
  findings: string[];
  says: string;
}

const CASES: Case[] = [
  {
    what: 'an edited migration',
    spoil: ({ project }) => appendFile(join(project.migrations, BASELINE, 'migration.sql'), '-- edited\n'),
    findings: ['history-edited'],
    says: `${BASELINE} was edited after it had been applied`,
  },
  {
    what: 'a deleted migration',
    spoil: ({ project }) => project.removeMigration(KEYS),
    findings: ['history-missing'],
    says: `${KEYS} was applied to the target, but its file is not in the migrations folder`,
  },
  {
    what: 'a migration between applied ones',
    spoil: ({ project }) => project.writeMigration(EARLIER, 'alter table sites add column note text;'),
    findings: ['history-out-of-order'],
    says: `${EARLIER} is pending, but ${LAST}, which sorts after it, is applied already`,
  },
  {
    what: 'tables without a history',
    spoil: ({ query }) => query('drop table _prisma_migrations'),
    findings: ['history-no-baseline'],
    says: 'tables but no migration history',
  },
];

describe.skipIf(inject('testServer').kind === 'embedded')('a history that does not fit the folder', () => {
  let scenario: Scenario;

  beforeEach(async () => {
    scenario = await createScenario({ data: SITES });
  });
  afterEach(() => scenario.remove());

  test.each(CASES)('is refused by name: $what', async ({ spoil, findings, says }) => {
    await spoil(scenario);
    const before = await scenario.identity();
    const planned = await scenario.plan('--json');
    expect(planned.exitCode).toBe(3);
    expect(JSON.parse(planned.output)).toMatchObject({
      decision: 'NO-GO',
      findings: findings.map((rule) => ({
        rule,
        severity: 'error',
        why: expect.stringContaining(says),
      })),
    });

    const { exitCode, report, output } = await scenario.run();
    expect({ exitCode, report }).toMatchObject({
      exitCode: 3,
      report: { outcome: 'no-go', decision: 'NO-GO', backup: null },
    });
    expect(output).toContain(says);
    expect(await scenario.identity()).toEqual(before);
    expect(await databasesOf(scenario.database.url, report?.id ?? '')).toEqual([]);
  });
});

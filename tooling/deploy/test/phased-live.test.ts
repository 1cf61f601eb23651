import { seedDatabase } from '@apms/db/seed';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { CliResult } from './support/project.ts';
import { createScenario, type Scenario } from './support/scenario.ts';
import { type Waits, watchWaits } from './support/watch-waits.ts';

/** A million rows, each with two or three of the keys that are to come; their own kind of rows is copied. */
const FILL = `
insert into workflow_stages (id, workspace_id, workflow_id, role_id, stage_number, sequence_order, approver_id, sla_hours)
select 'filled-' || n, s.workspace_id, s.workflow_id, s.role_id, 1000 + n, 1, s.approver_id, s.sla_hours
  from generate_series(1, 300000) n
  join (select *, row_number() over () as number, count(*) over () as total from workflow_stages) s
    on s.number = n % s.total + 1;
insert into workflow_stage_actions (id, workspace_id, workflow_stage_id, action_type, actor_id)
select 'filled-' || n, s.workspace_id, s.id, 'COMMENTED', s.approver_id
  from generate_series(1, 700000) n
  join (select *, row_number() over () as number from workflow_stages where id like 'filled-%') s
    on s.number = (n::bigint * 7919) % 300000 + 1;
analyze;`;

const WORK = [
  {
    what: 'writes a row with keys',
    sql: `insert into workflow_stage_actions (id, workspace_id, workflow_stage_id, action_type)
            select gen_random_uuid()::text, workspace_id, id, 'COMMENTED' from workflow_stages where id = 'filled-1'`,
  },
  {
    what: 'writes a row that others refer to',
    sql: "update workflow_stages set updated_at = clock_timestamp() where id = 'filled-2'",
  },
  { what: 'reads', sql: "select count(*) from workflow_stage_actions where workflow_stage_id = 'filled-1'" },
];

/** How long it takes to validate one key of the larger table. */
async function validationMs(client: Client): Promise<number> {
  await client.query(`begin; alter table workflow_stage_actions add constraint probe
    foreign key (workflow_stage_id) references workflow_stages (id) not valid`);
  const startedAt = performance.now();
  await client.query('alter table workflow_stage_actions validate constraint probe');
  const durationMs = performance.now() - startedAt;
  await client.query('rollback');
  return durationMs;
}

describe.skipIf(inject('testServer').kind === 'embedded')('foreign keys on a million rows', () => {
  let scenario: Scenario;
  let budgetMs: number;
  let result: CliResult;
  let waits: Waits[];

  beforeAll(async () => {
    scenario = await createScenario({ template: { migrations: 2 }, settings: { attempts: 20 } });
    const { project, database } = scenario;
    const client = await database.connect();
    await seedDatabase(client, { workspaces: 1, workflows: 100 });
    await client.query(FILL);
    // Less than all of them take in one transaction, more than any phase, however busy the machine is.
    budgetMs = Math.round(3 * (await validationMs(client)));
    await client.end();
    await project.setMaxLockMs(budgetMs);
    ({ result, waits } = await watchWaits(database.url, WORK, () => scenario.run()));
  }, 900_000);

  afterAll(() => scenario.remove());

  test('are deployed in phases', () => {
    expect(result).toMatchObject({
      exitCode: 0,
      report: { outcome: 'deployed', lockBudget: { mode: 'phased', excesses: [] } },
    });
  });

  test('keep no client waiting for longer than the budget', async ({ annotate }) => {
    const { lockBudget, lockedMs, phases = [] } = result.report ?? {};
    const together = Math.max(
      ...(lockBudget?.together ?? []).flatMap(({ forecast }) => forecast.map((one) => one.writesBlockedMs)),
    );
    await annotate(
      `budget ${budgetMs} ms; in one transaction it would have been ${Math.round(together)} ms; ${phases.length} phases, the longest lock ${Math.round(lockedMs ?? 0)} ms`,
    );
    for (const { what, longestMs, statements } of waits) {
      await annotate(`who ${what} waited ${Math.round(longestMs)} ms at most, of ${statements} statements`);
    }
    expect(waits.filter(({ longestMs }) => longestMs > budgetMs)).toEqual([]);
    expect(Math.min(...waits.map(({ statements }) => statements))).toBeGreaterThan(100);
    expect(together).toBeGreaterThan(budgetMs);
  });
});

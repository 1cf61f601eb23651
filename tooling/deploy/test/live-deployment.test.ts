import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seedDatabase } from '@apms/db/seed';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startLiveClient } from './support/live-client.ts';
import { prisma } from './support/prisma.ts';
import { type CliResult } from './support/project.ts';
import { createScenario, type Scenario } from './support/scenario.ts';

describe.skipIf(inject('testServer').kind === 'embedded')('a seeded target that clients write to', () => {
  let scenario: Scenario;
  let result: CliResult;
  let committed: readonly string[];
  let pending: number;

  beforeAll(async () => {
    scenario = await createScenario({ template: 'empty' });
    const { project, database } = scenario;
    const names = await project.migrationNames();
    const later = await Promise.all(
      names.slice(2).map(async (name) => ({ name, sql: await project.readMigration(name) })),
    );
    pending = later.length;
    for (const { name } of later) await project.removeMigration(name);
    const { exitCode, output } = await prisma(project, 'migrate deploy', database.url);
    if (exitCode !== 0) throw new Error(output);
    for (const { name, sql } of later) await project.writeMigration(name, sql);
    const client = await database.connect();
    await seedDatabase(client, { workspaces: 2, workflows: 500 });
    await client.end();

    const live = startLiveClient(database.url);
    await live.more(5);
    result = await scenario.run();
    await live.more(5);
    await live.stop();
    committed = live.committed;
  });

  afterAll(() => scenario.remove());

  test('is deployed, and not one committed row is missing', async () => {
    expect(result).toMatchObject({ exitCode: 0, report: { outcome: 'deployed', warnings: [] } });
    const rows = await scenario.query<{ id: string }>("select id from sites where id like 'live-%'");
    const present = new Set(rows.map(({ id }) => id));
    expect(committed.filter((id) => !present.has(id))).toEqual([]);
    expect(committed.length).toBeGreaterThan(10);
  });

  test("agrees with Prisma's own CLI", async () => {
    expect(await prisma(scenario.project, 'migrate status', scenario.database.url)).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('Database schema is up to date!'),
    });
  });

  test('is reported with rows, durations, locks and figures', () => {
    const { report } = result;
    const sites = report?.rowCounts.find(({ table }) => table === 'public.sites');
    expect(sites?.after).toBeGreaterThan(sites?.before ?? Number.POSITIVE_INFINITY);
    expect(report?.rowCounts).toContainEqual({
      table: 'public.workflow_instances',
      before: 500,
      after: 500,
      byMigrations: 0,
    });
    expect(report?.migrations).toHaveLength(pending);
    for (const kind of ['rehearsed', 'applied'] as const) {
      const runs = report?.migrations.map((migration) => migration[kind]) ?? [];
      for (const run of runs) expect(run?.durationMs).toBeGreaterThan(0);
      // Each migration tells the locks that it took first.
      expect(runs.flatMap((run) => run?.locks ?? [])).toContainEqual(
        expect.objectContaining({
          table: 'public.workflow_stages',
          blocks: expect.stringContaining('writes'),
        }),
      );
    }
    for (const where of ['rehearsal', 'transaction', 'target']) {
      for (const code of ['C1', 'C2', 'C3', 'C4', 'C5', 'C6']) {
        const check = report?.checks.find((found) => found.where === where && found.code === code);
        expect(check).toMatchObject({ status: 'passed' });
        expect(Object.keys(check?.figures ?? {})).not.toEqual([]);
      }
    }
  });

  test('has a report that a person can read', async () => {
    const { id = '', findings = [] } = result.report ?? {};
    const text = await readFile(join(scenario.project.root, '.deploy/staging', id, 'report.md'), 'utf8');
    expect(findings.length).toBeGreaterThan(90);
    expect(text.split('\n').length).toBeLessThan(200);
    const warnings = findings.filter(({ severity, accepted }) => severity === 'warning' && accepted === null);
    expect(text).toContain(`! ${warnings.length} warnings: validate-in-same-transaction.`);
    expect(text).toMatch(/^\| `public\.workflow_instances` +\| +500 \| +500 \| +\| +\|$/m);
    expect(text).toMatch(
      /^\| C1 Schema integrity +\| ✓ passed, .* \| ✓ passed, .* \| ✓ passed, .* \| .*tables 16, .*foreign keys \d+/m,
    );
    expect(text).toMatch(/^\| `20251229033315_add_master_tables_fks` +\| writes \(ShareRowExclusive\)/m);
    expect(text).not.toMatch(/undefined|null|\[object/);
  });
});

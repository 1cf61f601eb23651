import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PlantedOrphans, plantOrphans, seedDatabase } from '@apms/db/seed';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { databasesOf, type Identity } from './support/identity.ts';
import { type CliResult } from './support/project.ts';
import { createScenario, type Scenario } from './support/scenario.ts';

describe.skipIf(inject('testServer').kind === 'embedded')('a target with orphans in six relations', () => {
  let scenario: Scenario;
  let planted: PlantedOrphans[];
  let before: Identity;
  let result: CliResult;

  beforeAll(async () => {
    scenario = await createScenario({ template: { migrations: 2 } });
    const client = await scenario.database.connect();
    await seedDatabase(client, { workspaces: 2, workflows: 200 });
    planted = await plantOrphans(client);
    await client.end();
    before = await scenario.identity();
    result = await scenario.run();
  });

  afterAll(() => scenario.remove());

  test('is a NO-GO and stays as it was', async () => {
    expect(planted).toHaveLength(6);
    expect(result).toMatchObject({
      exitCode: 3,
      report: { outcome: 'no-go', decision: 'NO-GO', failure: null, backup: { proven: true } },
    });
    expect(await scenario.identity()).toEqual(before);
    expect(await databasesOf(scenario.database.url, result.report?.id ?? '')).toEqual([]);
  });

  test('is told of each relation with count and sample ids, wherever it looks', async () => {
    const { output, report } = result;
    const file = join(scenario.project.root, '.deploy/staging', report?.id ?? '', 'report.md');
    const text = await readFile(file, 'utf8');
    for (const { foreignKeyName, table, ids } of planted) {
      const found = report?.orphans.find(({ foreignKey }) => foreignKey === foreignKeyName);
      expect(found).toMatchObject({ table });
      expect(found?.count).toBeGreaterThanOrEqual(ids.length);
      const samples = found?.sampleIds ?? [];
      expect(samples.length).toBeGreaterThan(0);
      const line = new RegExp(
        `\\b${found?.count} orphans? in ${table} .*\\(${foreignKeyName}\\).*: .*${samples[0]}`,
      );
      expect(output).toMatch(line);
      expect(report?.reasons).toContainEqual(expect.stringMatching(line));
      expect(text).toMatch(
        new RegExp(
          `^\\| \`${foreignKeyName}\` +\\| \`${table}\` +\\| +${found?.count} \\| \`${samples[0]}`,
          'm',
        ),
      );
    }
  });

  test('has reasons without rows besides, as many and of the same keys', () => {
    const { reasons = [], withoutRows, orphans = [] } = result.report ?? {};
    expect(withoutRows?.reasons).toHaveLength(reasons.length);
    const text = withoutRows?.reasons.join('\n') ?? '';
    for (const { foreignKey, sampleIds } of orphans) {
      expect(text).toContain(`(${foreignKey}).`);
      for (const id of sampleIds) expect(text).not.toContain(id);
    }
    expect(text).toContain('the server refuses it (23503)');
    expect(text).not.toContain('Key (');
  });

  test('is told that one wrong workspace breaks every key that carries it', () => {
    const [policy] = planted.find(({ table }) => table === 'approval_policy_master')?.ids ?? [];
    expect(result.output).toContain('One wrong value can break several keys');
    expect(result.report?.reasons).toContain(
      `1 orphan in approval_policy_master (config_version_id, workspace_id) → config_versions (fk_approval_policy_master_config_version), already listed under fk_approval_policy_master_workspace: ${policy}.`,
    );
  });
});

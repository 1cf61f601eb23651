import { configLookup, indexReport, type NamedQuery, pendingTasks, slaScan } from '@apms/db/checks';
import { seedDatabase } from '@apms/db/seed';
import { createTestDatabase, type TestDatabase } from '@apms/db/testing';
import type { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

let database: TestDatabase;
let client: Client;
let hot: readonly NamedQuery[];
let scope: { role: string; workspaceId: string; userId: string };

beforeAll(async () => {
  database = await createTestDatabase();
  client = await database.connect();
  await seedDatabase(client, { workflows: 2_000, workspaces: 1 });
  await client.query('analyze');
  const { rows } = await client.query<{ workspaceId: string; userId: string }>(
    `select workspace_id as "workspaceId", approver_id as "userId" from workflow_stages where status = 'PENDING' limit 1`,
  );
  const { workspaceId = '', userId = '' } = rows[0] ?? {};
  scope = { role: 'apms_api', workspaceId, userId };
  hot = [
    { name: 'pendingTasks', sql: pendingTasks.sql, values: [workspaceId, userId] },
    { name: 'slaScan', sql: slaScan.sql, values: [] },
    { name: 'configLookup', sql: configLookup.sql, values: [workspaceId, 'RAN', 'NORDLINK', 'HARDWARE'] },
  ];
});
afterAll(() => database.drop());

test('the hot queries use the indexes that were made for them, and no foreign key is without one', async () => {
  const { indexes, bareKeys, scans, unused } = await indexReport(client, hot);
  const queriesOf = (name: string) => indexes.find((index) => index.name === name)?.queries;
  expect(queriesOf('idx_workflow_stages_pending_by_approver')).toContain('pendingTasks');
  expect({ bareKeys, scans }).toEqual({ bareKeys: [], scans: [] });
  expect(unused.filter(({ isUnique }) => isUnique)).toEqual([]);
  const workspaces = indexes.find(({ name }) => name === 'workspaces_pkey');
  expect(workspaces?.referencedBy).toContain('fk_workflow_instances_workspace');
});

test('a query that reads a large table from end to end is named, as whoever sends it', async () => {
  const sql = 'select id from workflow_stages where comment = $1';
  const { scans } = await indexReport(client, [{ name: 'byComment', sql, values: ['x'], scope }]);
  expect(scans).toEqual([{ query: 'byComment', table: 'workflow_stages', rows: expect.any(Number) }]);
});

test('an index that nothing needs is unused, and a key that lost its index is bare', async () => {
  await client.query('create index idx_of_nobody on sites (latitude)');
  await client.query('drop index idx_workflow_stage_actions_workflow_stage_id');
  const { unused, bareKeys } = await indexReport(client, hot);
  expect(unused.map(({ name }) => name)).toContain('idx_of_nobody');
  expect(bareKeys).toContain('fk_workflow_stage_actions_workflow_stage');
});

test('nothing of a query is executed or remains, also when it cannot be planned', async () => {
  const writing: NamedQuery = { name: 'delete', sql: 'delete from workflow_stage_actions', values: [] };
  await indexReport(client, [writing]);
  const { rows } = await client.query<{ found: boolean }>(
    'select exists (select from workflow_stage_actions) as found',
  );
  expect(rows).toEqual([{ found: true }]);
  const broken: NamedQuery = { name: 'broken', sql: 'select no_such_column from sites', values: [], scope };
  await expect(indexReport(client, [broken])).rejects.toMatchObject({ code: '42703' });
  const { rows: after } = await client.query<{ role: string }>('select current_user as role');
  expect(after[0]?.role).not.toBe('apms_api');
});

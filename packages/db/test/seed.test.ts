import { runValidationSuite } from '@apms/db/checks';
import { type SeedFigures, seedDatabase } from '@apms/db/seed';
import type { Template } from '@apms/db/testing';
import type { Client } from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { applyMigration } from '../src/testing/apply-migration.ts';
import { readMigrations } from '../src/testing/read-migrations.ts';
import { seedInvariants } from './support/seed-invariants.ts';
import { smallSeed as small } from './support/small-seed.ts';
import { useDatabases } from './support/use-databases.ts';

const open = useDatabases();

const levels: [name: string, template: Template][] = [
  ['without foreign keys', { migrations: 2 }],
  ['with foreign keys', { migrations: 3 }],
  ['with isolation and immutability', 'migrated'],
];

describe.each(levels)('a database %s', (_name, template) => {
  let client: Client;
  let figures: SeedFigures;
  const progress: string[] = [];

  beforeAll(async () => {
    ({ client } = await open(template));
    figures = await seedDatabase(client, { ...small, onProgress: ({ table }) => progress.push(table) });
  });

  test('is filled in every table of the domain', async () => {
    const { rows } = await client.query<{ table: string }>(
      `select relname as table from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> all ($1)`,
      [
        [
          '_prisma_migrations',
          'sessions',
          'accounts',
          'verifications',
          'api_keys',
          'idempotency_keys',
          'data_integrity_audit_log',
          'quarantined_rows',
          'workspace_settings',
        ],
      ],
    );
    expect(Object.keys(figures.rows).toSorted()).toEqual(rows.map(({ table }) => table).toSorted());
    expect(new Set(progress)).toEqual(new Set(Object.keys(figures.rows)));
    expect(figures.rows).toMatchObject({ workspaces: 2, workflow_instances: 400, atp_submissions: 412 });
  });

  test('reports the rows that are there', async () => {
    for (const [table, count] of Object.entries(figures.rows)) {
      const { rows } = await client.query<{ count: string }>(`select count(*) from ${table}`);
      expect({ table, count: Number(rows[0]?.count) }).toEqual({ table, count });
    }
    expect(figures.totalRows).toBe(Object.values(figures.rows).reduce((sum, count) => sum + count, 0));
    expect(figures.sizeBytes).toBeGreaterThan(1_000_000);
  });

  test.each(Object.entries(seedInvariants))('%s', async (_rule, query) => {
    const { rows } = await client.query(`select * from (${query}) offender limit 3`);
    expect(rows).toEqual([]);
  });

  test('has statistics', async () => {
    const { rows } = await client.query(`select from pg_stats where tablename = 'workflow_stages'`);
    expect(rows.length).toBeGreaterThan(5);
  });
});

test('the mixture is that of a system in operation', async () => {
  const { client } = await open({ migrations: 2 });
  await seedDatabase(client, { ...small, workspaces: 1, workflows: 4000 });
  const { rows } = await client.query<{ status: string; share: number }>(
    'select status, (100.0 * count(*) / sum(count(*)) over ())::float8 as share from workflow_instances group by 1',
  );
  const share = Object.fromEntries(rows.map((row) => [row.status, row.share]));
  for (const [status, expected] of [
    ['COMPLETED', 70],
    ['IN_PROGRESS', 18],
    ['ON_HOLD', 2],
    ['REJECTED', 6],
    ['CANCELLED', 4],
  ] as const)
    expect({ status, isNear: Math.abs((share[status] ?? 0) - expected) < 2 }).toEqual({
      status,
      isNear: true,
    });
  const values = await client.query<{ values: string[] }>(
    `select array_agg(distinct status order by status) as values from workflow_stages
     union all select array_agg(distinct status order by status) from atp_submissions
     union all select array_agg(distinct status order by status) from punchlist_items
     union all select array_agg(distinct override_type order by override_type) from approver_overrides
     union all select array_agg(distinct assignment_mode order by assignment_mode) from approval_policy_stages`,
  );
  expect(values.rows.map((row) => row.values)).toEqual([
    ['APPROVED', 'APPROVED_WITH_PUNCHLIST', 'CANCELLED', 'PENDING', 'REJECTED', 'SKIPPED', 'WAITING'],
    [
      'APPROVED',
      'APPROVED_WITH_PUNCHLIST',
      'CANCELLED',
      'COMPLETED',
      'DRAFT',
      'IN_REVIEW',
      'QA_REVIEW',
      'RECTIFICATION',
    ],
    ['CLOSED', 'OPEN', 'QA_VALIDATED', 'RECTIFIED'],
    ['CLUSTER', 'REGION', 'STAGE', 'SUBMISSION'],
    ['AUTO', 'CLUSTER', 'RULE', 'STATIC_USER'],
  ]);
});

test('the validation suite passes, and the later migrations on seeded rows', async () => {
  const { client } = await open({ migrations: 2 });
  await seedDatabase(client, small);
  for (const { name, script } of (await readMigrations()).slice(2))
    await applyMigration(client, name, script);
  await client.query('begin');
  const results = await runValidationSuite(client, { orphans: 'scan' });
  await client.query('rollback');
  expect(results.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'I1']),
  );
  const failed = results.filter(({ code, status }) => status !== 'passed' && !code.startsWith('N'));
  expect(failed).toEqual([]);
});

describe('the same seed', () => {
  test('gives the same rows, another one others that fit beside them', async () => {
    const [{ client: first }, { client: second }] = [await open({ migrations: 2 }), await open('migrated')];
    const { rows } = await seedDatabase(first, small);
    await seedDatabase(second, small);
    const tables = Object.keys(rows);
    const hashes = await hash(first, tables);
    expect(await hash(second, tables)).toEqual(hashes);

    await seedDatabase(second, { ...small, seed: 2 });
    const { rows: sums } = await second.query('select count(*)::int as count from workflow_instances');
    expect(sums).toEqual([{ count: 2 * small.workflows }]);
  });

  test('is refused a second time and nothing changes', async () => {
    const { client } = await open({ migrations: 2 });
    await seedDatabase(client, small);
    const tables = ['workspaces', 'workflow_instances'];
    const before = await hash(client, tables);
    await expect(seedDatabase(client, small)).rejects.toMatchObject({
      name: 'SeedError',
      code: 'ALREADY_SEEDED',
    });
    expect(await hash(client, tables)).toEqual(before);
  });
});

test('padding makes the same rows larger', async () => {
  const { client } = await open({ migrations: 2 });
  const { rows } = await seedDatabase(client, { ...small, paddingBytes: 500 });
  const { rows: lengths } = await client.query(
    'select distinct length(comment) as length, count(*)::int as count from workflow_stage_actions group by 1',
  );
  expect(lengths).toEqual([{ length: 500, count: rows['workflow_stage_actions'] }]);
});

describe('refused', () => {
  test('a database without the tables', async () => {
    const { client } = await open('empty');
    await expect(seedDatabase(client, small)).rejects.toThrow(
      /Apply the migrations first: the database has no workspaces/,
    );
  });
  test('one migration only', async () => {
    const { client } = await open({ migrations: 1 });
    await expect(seedDatabase(client, small)).rejects.toThrow(/the database has no config_versions/);
  });
  test('a role that is bound by row-level security', async () => {
    const { client } = await open('migrated');
    await client.query('set role apms_api');
    await expect(seedDatabase(client, small)).rejects.toMatchObject({ code: 'ROLE_BOUND_BY_POLICIES' });
  });
  test.each([{ workspaces: 0 }, { workflows: 1.5 }, { seed: -1 }, { paddingBytes: Number.NaN }])(
    '%j',
    async (option) => {
      const { client } = await open({ migrations: 2 });
      await expect(seedDatabase(client, option)).rejects.toThrow(RangeError);
    },
  );
  test('a failure on the way leaves nothing and a usable connection', async () => {
    const { client } = await open({ migrations: 2 });
    await client.query(
      `alter table audit_events add constraint refuse check (action <> 'overrides.request')`,
    );
    await expect(seedDatabase(client, small)).rejects.toThrow(/refuse/);
    const { rows } = await client.query(
      'select (select count(*)::int from workspaces) as workspaces, (select count(*)::int from users) as users',
    );
    expect(rows).toEqual([{ workspaces: 0, users: 0 }]);
  });
});

async function hash(client: Client, tables: readonly string[]): Promise<Record<string, unknown>> {
  const hashes: Record<string, unknown> = {};
  for (const table of tables) {
    const { rows } = await client.query<{ hash: string }>(
      `select md5(string_agg(t::text, ',' order by id::text)) as hash from ${table} t`,
    );
    hashes[table] = rows[0]?.hash;
  }
  return hashes;
}

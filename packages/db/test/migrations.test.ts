import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestDatabase, startTemporaryCluster } from '@apms/db/testing';
import { Client } from 'pg';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { migrationsDirectory } from '../src/migrations-directory.ts';
import { seedShared, seedWorkspace } from './support/seed-workspace.ts';

const names = (await readdir(migrationsDirectory, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .toSorted();
const scripts = await Promise.all(
  names.map((name) => readFile(join(migrationsDirectory, name, 'migration.sql'), 'utf8')),
);

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

/** A connection to a database with the first so many migrations applied, ended and dropped after the test. */
async function connectAfter(migrations: number): Promise<Client> {
  const database = await createTestDatabase({ template: migrations === 0 ? 'empty' : { migrations } });
  cleanUps.push(() => database.drop());
  const client = await database.connect();
  cleanUps.push(() => client.end());
  return client;
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  cleanUps.push(() => client.end());
  return client;
}

/** A server that has never been migrated, with a connection to its maintenance database. */
async function startCluster() {
  const { binDir } = inject('testServer');
  const cluster = await startTemporaryCluster(binDir === undefined ? {} : { binDir });
  cleanUps.push(() => cluster.remove());
  return { admin: await connect(cluster.url('postgres')), cluster };
}

const tableCount = async (client: Client) => {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from pg_tables where schemaname = 'public'`,
  );
  return rows[0]?.count;
};

test('each says why it exists and how it is undone', () => {
  expect(scripts.map((script) => script.match(/^-- (Why|Undo): /gm))).toEqual(
    scripts.map(() => ['-- Why: ', '-- Undo: ']),
  );
});

test('all apply together as one query in one transaction, and roll back to nothing', async () => {
  const client = await connectAfter(0);
  await client.query('begin');
  await client.query(scripts.join('\n'));
  expect(await tableCount(client)).toBe(30);
  await client.query('rollback');
  expect(await tableCount(client)).toBe(0);
  await client.query(`begin; ${scripts.join('\n')} commit`);
  expect(await tableCount(client)).toBe(30);
});

test('those after the tables apply together over existing rows and change none', async () => {
  const client = await connectAfter(2);
  await seedShared(client);
  for (const workspace of ['a', 'b'] as const) await seedWorkspace(client, workspace);
  const readHistory = async () => {
    const { rows } = await client.query(`select * from workflow_stage_actions order by id`);
    return rows;
  };
  const before = await readHistory();
  await client.query(`begin; ${scripts.slice(2).join('\n')} commit`);
  expect(await readHistory()).toEqual(before);
});

describe('existing rows that break a key stop the migration by its name', () => {
  const orphans = [
    ['fk_workflow_instances_config_version', `update workflow_instances set config_version_id = 'gone'`],
    ['fk_workflow_instances_workspace', `update workflow_instances set workspace_id = gen_random_uuid()`],
    ['fk_workflow_stages_workflow', `update workflow_stages set workflow_id = 'gone'`],
    ['fk_atp_submissions_workflow', `update atp_submissions set workflow_id = 'gone'`],
    ['fk_punchlists_workflow', `update punchlists set workflow_id = 'gone'`],
    ['fk_atp_scope_master_workspace', `update atp_scope_master set workspace_id = gen_random_uuid()`],
    [
      'fk_approval_policy_master_workspace',
      `update approval_policy_master set workspace_id = gen_random_uuid()`,
    ],
  ];
  test.each(orphans)('%s, an orphan', async (constraint, plant) => {
    const client = await connectAfter(2);
    await seedShared(client);
    await seedWorkspace(client, 'a');
    await client.query(plant ?? '');
    await expect(client.query(`begin; ${scripts[2]} commit`)).rejects.toMatchObject({
      code: '23503',
      constraint,
    });
  });

  const strays = [
    [
      'fk_workflow_instances_site_scoped',
      `update workflow_instances set site_id = 'b-site' where id = 'a-workflow'`,
    ],
    [
      'fk_workflow_instances_policy_scoped',
      `update workflow_instances set policy_id = 'a-v1-policy' where id = 'a-workflow'`,
    ],
    [
      'fk_cluster_approver_master_role_scoped',
      `update cluster_approver_master set role_id = 'a-v1-role' where id = 'a-v2-approver'`,
    ],
  ];
  test.each(strays)('%s, a stray', async (constraint, plant) => {
    const client = await connectAfter(3);
    await seedShared(client);
    for (const workspace of ['a', 'b'] as const) await seedWorkspace(client, workspace);
    await client.query(plant ?? '');
    await expect(client.query(`begin; ${scripts[3]} commit`)).rejects.toMatchObject({
      code: '23503',
      constraint,
    });
  });
});

describe('on a cluster that has no roles of ours yet', () => {
  test('several databases can be migrated at once, and again', async () => {
    const { admin, cluster } = await startCluster();
    for (const round of ['first', 'second']) {
      const databases = ['a', 'b', 'c', 'd'].map((name) => `${round}_${name}`);
      for (const database of databases) await admin.query(`create database ${database}`);
      await Promise.all(
        databases.map(async (database) => {
          const client = await connect(cluster.url(database));
          for (const script of scripts) await client.query(script);
        }),
      );
    }
    const { rows } = await admin.query(
      `select rolname from pg_roles where rolname like 'apms\\_%' order by 1`,
    );
    expect(rows).toEqual([{ rolname: 'apms_api' }, { rolname: 'apms_jobs' }]);
  });

  test('a deployer that is no superuser can migrate, and act as the roles afterwards', async () => {
    const { admin, cluster } = await startCluster();
    await admin.query(`create role deployer login createrole password 'secret'`);
    await admin.query('create database target owner deployer');
    const target = new URL(cluster.url('target'));
    target.username = 'deployer';
    target.password = 'secret';
    const client = await connect(target.href);
    for (const script of scripts) await client.query(script);
    for (const role of ['apms_api', 'apms_jobs']) {
      await client.query(`set role ${role}`);
      expect((await client.query('select from sites')).rows).toEqual([]);
    }
  });

  test.each(['apms_api', 'apms_jobs'])(
    'a role %s that sees past row-level security is refused',
    async (role) => {
      const { admin, cluster } = await startCluster();
      await admin.query(`create role ${role} bypassrls`);
      await admin.query('create database target');
      const client = await connect(cluster.url('target'));
      await expect(client.query(`begin; ${scripts.join('\n')}`)).rejects.toThrow(
        `role ${role} bypasses row-level security`,
      );
    },
  );
});

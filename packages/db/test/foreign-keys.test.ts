import { randomUUID } from 'node:crypto';
import { createTestDatabase } from '@apms/db/testing';
import { describe, expect, test } from 'vitest';
import { attempt, type Outcome } from './support/attempt.ts';
import {
  type CatalogKey,
  configurationTables,
  foreignKeys,
  masterTables,
  workspaceScopedTables,
} from './support/catalog.ts';
import { workspaceIds } from './support/seed-workspace.ts';
import { useSeededDatabase } from './support/seeded-database.ts';

const seeded = useSeededDatabase();

/** Changes a key's first column where nothing but this key could object. */
async function repointTo(key: CatalogKey, value: string): Promise<Outcome> {
  const { client } = seeded;
  const others = (await foreignKeys(client)).filter(
    (other) => other.name !== key.name && (other.table === key.table || other.referenced === key.table),
  );
  const column = key.columns[0] ?? '';
  const inB = key.columns.includes('workspace_id') ? `and workspace_id = '${workspaceIds.b}'` : '';
  const row = await idFrom(key.table, `${column} is not null ${inB}`);
  return await attempt(client, async () => {
    await client.query(`alter table ${key.table} disable trigger user`);
    await client.query(
      others.map((other) => `alter table ${other.table} drop constraint ${other.name}`).join(';'),
    );
    return await client.query(`update ${key.table} set ${column} = $1 where id::text = $2`, [value, row]);
  });
}

async function idFrom(table: string, condition: string): Promise<string> {
  const { rows } = await seeded.client.query<{ id: string }>(
    `select id from ${table} where ${condition} order by id desc limit 1`,
  );
  if (rows[0] === undefined) throw new Error(`no row of ${table} where ${condition}`);
  return rows[0].id;
}

/** Points each key, one after another, to the id that `choose` gives, and tells what became of it. */
async function repointEach(
  keys: readonly CatalogKey[],
  choose: (key: CatalogKey) => string | Promise<string>,
) {
  const outcomes: Record<string, { code: string | undefined; constraint: string | undefined }> = {};
  for (const key of keys) {
    const { code, constraint } = await repointTo(key, await choose(key));
    outcomes[key.name] = { code, constraint };
  }
  return outcomes;
}

const refusedByEach = (keys: readonly CatalogKey[]) =>
  Object.fromEntries(keys.map(({ name }) => [name, { code: '23503', constraint: name }]));

describe('the declared keys', () => {
  test('are 59 on the master tables, all validated', async () => {
    const keys = await foreignKeys(seeded.client);
    expect(keys.filter((key) => masterTables.includes(key.table))).toHaveLength(59);
    expect(keys.filter((key) => !key.validated)).toEqual([]);
  });

  test('have exactly the types of the columns they reference', async () => {
    const keys = await foreignKeys(seeded.client);
    const misaligned = keys.filter((key) => key.types.join() !== key.referencedTypes.join());
    expect(misaligned.map((key) => key.name)).toEqual([]);
  });

  test('are each supported by an index', async () => {
    const keys = await foreignKeys(seeded.client);
    expect(keys.filter((key) => !key.indexed).map((key) => key.name)).toEqual([]);
  });

  test('are named after their table', async () => {
    const keys = await foreignKeys(seeded.client);
    expect(keys.filter((key) => !key.name.startsWith(`fk_${key.table}_`))).toEqual([]);
  });

  test('carry the workspace between scoped tables, and the version between configuration rows', async () => {
    const without = async (column: string, tables: readonly string[]) =>
      (await foreignKeys(seeded.client)).filter(
        (key) =>
          tables.includes(key.table) && tables.includes(key.referenced) && !key.columns.includes(column),
      );
    expect(await without('workspace_id', await workspaceScopedTables(seeded.client))).toEqual([]);
    expect(await without('config_version_id', configurationTables)).toEqual([]);
  });

  test('cover every column that holds a reference', async () => {
    const { rows } = await seeded.client.query<{ column: string }>(`
      select relname || '.' || attname as column
      from pg_attribute join pg_class on pg_class.oid = attrelid
      where relkind = 'r' and relnamespace = 'public'::regnamespace and attname like '%\\_id'
        and not exists (
          select from pg_constraint where contype = 'f' and conrelid = attrelid and attnum = any (conkey)
        )
      order by 1`);
    expect(rows.map((row) => row.column)).toEqual([
      'accounts.account_id',
      'accounts.provider_id',
      'api_keys.config_id',
      'audit_events.entity_id',
      'audit_events.request_id',
      'quarantined_rows.row_id',
      'workspaces.customer_group_id',
      'workspaces.vendor_owner_id',
    ]);
  });

  test('cascade only from a whole to its parts', async () => {
    const keys = await foreignKeys(seeded.client);
    const cascading = keys.filter((key) => masterTables.includes(key.table) && key.onDelete === 'c');
    expect(cascading.map((key) => key.name)).toEqual([
      'fk_approval_policy_master_config_version',
      'fk_approval_policy_stages_config_version',
      'fk_approval_policy_stages_policy',
      'fk_approval_role_master_config_version',
      'fk_atp_scope_master_config_version',
      'fk_atp_submission_documents_submission',
      'fk_cluster_approver_master_cluster',
      'fk_cluster_approver_master_config_version',
      'fk_cluster_master_config_version',
      'fk_punchlist_items_punchlist',
      'fk_vendor_master_config_version',
      'fk_workflow_stage_actions_workflow_stage',
      'fk_workflow_stages_workflow',
    ]);
    expect(new Set(keys.map((key) => key.onDelete))).toEqual(new Set(['r', 'c']));
  });
});

describe('references that do not hold', () => {
  test('to a row that does not exist are refused by every key of the master tables', async () => {
    const keys = (await foreignKeys(seeded.client)).filter((key) => masterTables.includes(key.table));
    const outcomes = await repointEach(keys, (key) => (key.types[0] === 'uuid' ? randomUUID() : 'missing'));
    expect(outcomes).toEqual(refusedByEach(keys));
  });

  test('to a row of another workspace are refused by every composite key', async () => {
    const keys = (await foreignKeys(seeded.client)).filter((key) => key.columns.length > 1);
    const outcomes = await repointEach(keys, (key) =>
      idFrom(key.referenced, `workspace_id = '${workspaceIds.a}'`),
    );
    expect(keys).toHaveLength(37);
    expect(outcomes).toEqual(refusedByEach(keys));
  });

  test('to a row of another version are refused by every key that carries one', async () => {
    const keys = (await foreignKeys(seeded.client)).filter((key) =>
      key.columns.slice(1).includes('config_version_id'),
    );
    const outcomes = await repointEach(keys, (key) => idFrom(key.referenced, `config_version_id = 'b-v1'`));
    expect(keys.map((key) => key.name)).toContain('fk_workflow_instances_policy');
    expect(outcomes).toEqual(refusedByEach(keys));
  });
});

describe('deletion', () => {
  test.each([
    ['workspaces', workspaceIds.a],
    ['users', 'alice'],
    ['users', 'bob'],
    ['sites', 'a-site'],
    ['documents', 'a-document'],
    ['workflow_instances', 'a-workflow'],
    ['workflow_stages', 'a-stage'],
    ['atp_submissions', 'a-submission'],
  ])('of history, or of what it refers to, is refused: %s %s', async (table, id) => {
    const outcome = await attempt(seeded.client, () =>
      seeded.client.query(`delete from ${table} where id = $1`, [id]),
    );
    // PostgreSQL 18 gives RESTRICT its own code, the standard's.
    expect(outcome.code).toMatch(/^(23503|23001)$/);
  });

  test('of a whole takes its parts along', async () => {
    const { client } = seeded;
    await client.query(`delete from approver_overrides where id = 'a-override'`);
    await client.query(`delete from punchlists where id = 'a-punchlist'`);
    await client.query(`delete from atp_submissions where id = 'a-submission'`);
    await client.query(`delete from approval_policy_master where id = 'a-v3-policy'`);
    const { rows } = await client.query(`
      select (select count(*)::int from punchlist_items where id = 'a-item') as items,
        (select count(*)::int from atp_submission_documents where id = 'a-submission-document') as documents,
        (select count(*)::int from approval_policy_stages where id = 'a-v3-policy-stage') as stages`);
    expect(rows).toEqual([{ items: 0, documents: 0, stages: 0 }]);
  });

  test('of a workflow takes its stages along while nobody has acted on them', async () => {
    const { client } = seeded;
    await client.query(`
      insert into workflow_instances
      select (jsonb_populate_record(workflow, '{"id": "fresh"}')).*
      from workflow_instances as workflow where id = 'a-workflow'`);
    await client.query(`
      insert into workflow_stages
      select (jsonb_populate_record(stage, '{"id": "fresh-stage", "workflow_id": "fresh"}')).*
      from workflow_stages as stage where id = 'a-stage'`);
    await client.query(`delete from workflow_instances where id = 'fresh'`);
    const { rows } = await client.query(`select from workflow_stages where id = 'fresh-stage'`);
    expect(rows).toEqual([]);
  });
});

test('before the foreign-key migration the master tables have exactly one key', async () => {
  const database = await createTestDatabase({ template: { migrations: 2 } });
  const client = await database.connect();
  const keys = await foreignKeys(client);
  const own = keys.filter((key) => masterTables.includes(key.table)).map((key) => key.name);
  await client.end();
  await database.drop();
  expect(own).toEqual(['fk_config_versions_workspace']);
});

test('without statistics, each key is still checked through an index that finds the row at once', async () => {
  const { client } = seeded;
  await client.query('set local enable_seqscan = off');
  await client.query('set local plan_cache_mode = force_generic_plan');
  const keys = await foreignKeys(client);
  const chosen: Record<string, unknown> = {};
  for (const key of keys) {
    const conditions = key.referencedColumns
      .map((column, index) => `${column} = $${index + 1}`)
      .join(' and ');
    await client.query(
      `prepare lookup (${key.types.join()}) as select from ${key.referenced} where ${conditions} for key share`,
    );
    const { rows } = await client.query(
      `explain (format json) execute lookup (${key.types.map(() => 'null').join()})`,
    );
    chosen[key.name] = JSON.stringify(rows).match(/"Index Name":"([^"]+)"/)?.[1];
    await client.query('deallocate lookup');
  }
  const unlike = Object.values(chosen).filter((index) => !/_pkey$|^ux_.*_id_/.test(String(index)));
  expect(unlike).toEqual([]);
});

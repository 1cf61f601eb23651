import type { Client } from 'pg';
import { describe, expect, test } from 'vitest';
import { attempt, type Outcome } from './support/attempt.ts';
import { alike, byName } from './support/by-name.ts';
import { configurationTables, foreignKeys } from './support/catalog.ts';
import { workspaceIds } from './support/seed-workspace.ts';
import { useSeededDatabase } from './support/seeded-database.ts';

const seeded = useSeededDatabase();
const passed = { code: undefined };

/** Tries a statement in a savepoint that is undone. */
const tried = (statement: string): Promise<Outcome> =>
  attempt(seeded.client, () => seeded.client.query(statement));

/** A statement that inserts a copy of a row with the given changes. */
const copyOf = (table: string, where: string, changes: object) =>
  `insert into ${table} select (json_populate_record(original, '${JSON.stringify(changes)}')).*
   from ${table} as original where ${where} limit 1`;

describe.each(configurationTables)('%s', (table) => {
  /** Tries a statement where neither a foreign nor a natural key can refuse it before the trigger does. */
  async function triedWithoutKeys(statement: string): Promise<Outcome> {
    const { client } = seeded;
    const keys = await foreignKeys(client);
    const { rows: indexes } = await client.query<{ name: string }>(
      `select indexname as name from pg_indexes where tablename = $1 and indexname like 'ux\\_%'`,
      [table],
    );
    return await attempt(client, async () => {
      for (const key of keys)
        if (key.table === table || key.referenced === table)
          await client.query(`alter table ${key.table} drop constraint ${key.name}`);
      for (const index of indexes) await client.query(`drop index ${index.name}`);
      return await client.query(statement);
    });
  }
  const refusedBy = (event: string) => ({ code: 'ZP001', constraint: `trg_${table}_${event}` });

  test.each(['a-v1', 'a-v2'])('is frozen in %s, which has left DRAFT', async (version) => {
    const own = `config_version_id = '${version}'`;
    expect(await triedWithoutKeys(copyOf(table, own, { id: 'copy' }))).toMatchObject(refusedBy('insert'));
    expect(await triedWithoutKeys(`update ${table} set id = id where ${own}`)).toMatchObject(
      refusedBy('update'),
    );
    expect(await triedWithoutKeys(`delete from ${table} where ${own}`)).toMatchObject(refusedBy('delete'));
  });

  test('can be written in a DRAFT', async () => {
    const own = `config_version_id = 'a-v3'`;
    for (const statement of [
      copyOf(table, own, { id: 'copy' }),
      `update ${table} set id = id where ${own}`,
      `delete from ${table} where ${own}`,
    ]) {
      const outcome = await triedWithoutKeys(statement);
      expect(outcome).toMatchObject(passed);
      expect(outcome.rowCount).toBeGreaterThan(0);
    }
  });

  test('moves no row into or out of a frozen version', async () => {
    for (const [from, to] of [
      ['a-v3', 'a-v2'],
      ['a-v2', 'a-v3'],
    ])
      expect(
        await triedWithoutKeys(
          `update ${table} set config_version_id = '${to}' where config_version_id = '${from}'`,
        ),
      ).toMatchObject(refusedBy('update'));
  });

  test('is unmoved by a statement that changes no row', async () => {
    expect(await tried(`delete from ${table} where id = 'nobody'`)).toMatchObject(passed);
  });

  test('refuses TRUNCATE', async () => {
    expect(await tried(`truncate ${table} cascade`)).toMatchObject({ code: 'ZP005' });
  });
});

describe('a config version', () => {
  const statuses = ['DRAFT', 'ACTIVE', 'SUPERSEDED', 'ARCHIVED'];
  const transitions = statuses.flatMap((from) => statuses.map((to) => ({ from, to })));
  const legal = ['DRAFT ACTIVE', 'ACTIVE SUPERSEDED', 'SUPERSEDED ARCHIVED'];

  test.each(transitions.filter(({ from, to }) => from !== to))('from $from to $to', async ({ from, to }) => {
    const { client } = seeded;
    await client.query('drop index ux_config_versions_one_active_per_workspace');
    await client.query('alter table config_versions disable trigger user');
    await client.query(`update config_versions set status = $1 where id = 'a-v3'`, [from]);
    await client.query('alter table config_versions enable trigger user');
    const outcome = await tried(
      `update config_versions set status = '${to}', superseded_by_id = 'a-v2' where id = 'a-v3'`,
    );
    expect(outcome.code).toBe(legal.includes(`${from} ${to}`) ? undefined : 'ZP002');
  });

  test.each([
    ['DRAFT', undefined],
    ['ACTIVE', 'ZP002'],
    ['SUPERSEDED', 'ZP002'],
    ['ARCHIVED', 'ZP002'],
  ])('starting as %s: %s', async (status, code) => {
    const changes = { id: 'new', version_number: 9, status };
    expect(await tried(copyOf('config_versions', `id = 'a-v3'`, changes))).toMatchObject({ code });
  });

  test.each([
    [`validation_status = 'VALID'`, undefined],
    [`validation_status = 'PENDING'`, 'ZP002'],
    [`validation_status = 'INVALID'`, 'ZP002'],
    [`validation_status = 'WARNINGS'`, 'ZP002'],
    [`validation_status = 'WARNINGS', warnings_acknowledged_at = now()`, undefined],
  ])('activated with %s: %s', async (changes, code) => {
    await seeded.client.query(
      `update config_versions set status = 'SUPERSEDED', superseded_by_id = 'a-v3' where id = 'a-v2'`,
    );
    const outcome = await tried(`update config_versions set status = 'ACTIVE', ${changes} where id = 'a-v3'`);
    expect(outcome).toMatchObject({ code });
  });

  test.each([
    ['null', 'ZP002'],
    [`'a-v3'`, undefined],
  ])('superseded by %s: %s', async (successor, code) => {
    const outcome = await tried(
      `update config_versions set status = 'SUPERSEDED', superseded_by_id = ${successor} where id = 'a-v2'`,
    );
    expect(outcome).toMatchObject({ code });
  });

  test('keeps every column but those of its lifecycle once it has left DRAFT', async () => {
    const { rows } = await seeded.client.query<{ column: string }>(`
      select attname as column from pg_attribute
      where attrelid = 'config_versions'::regclass and attnum > 0 and attname not in
        ('status', 'superseded_by_id', 'superseded_at', 'archived_at', 'updated_at')`);
    const columns = rows.map((row) => row.column);
    const change = async (column: string, id: string) => {
      const value = await differentValue(seeded.client, column);
      const outcome = await tried(`update config_versions set ${column} = ${value} where id = '${id}'`);
      return outcome.code === 'ZP001';
    };
    expect(await byName(columns, (column) => change(column, 'a-v1'))).toEqual(alike(columns, true));
    expect(await byName(columns, (column) => change(column, 'a-v3'))).toEqual(alike(columns, false));
    const closing = `superseded_at = now(), updated_at = now(), archived_at = now(), superseded_by_id = 'a-v3'`;
    expect(await tried(`update config_versions set ${closing} where id = 'a-v1'`)).toMatchObject(passed);
  });

  test.each(['a-v1', 'a-v2'])('%s, which has left DRAFT, cannot be deleted', async (id) => {
    expect(await tried(`delete from config_versions where id = '${id}'`)).toMatchObject({
      code: 'ZP003',
      constraint: 'trg_config_versions_lifecycle',
    });
  });

  test('is discarded with all its rows while it is a DRAFT, by the API too', async () => {
    const { client } = seeded;
    await client.query('set local role apms_api');
    await client.query(`select set_config('app.workspace_id', $1, true)`, [workspaceIds.a]);
    await client.query(`delete from config_versions where id = 'a-v3'`);
    await client.query('reset role');
    const left = await byName(configurationTables, async (table) => {
      const { rowCount } = await client.query(`select from ${table} where config_version_id = 'a-v3'`);
      return rowCount;
    });
    expect(left).toEqual(alike(configurationTables, 0));
  });

  test.each([
    ['a-v3', undefined],
    ['a-v2', 'ZP001'],
  ])(
    'takes rows from the API, bound by row-level security, while it is a DRAFT: %s',
    async (version, code) => {
      const { client } = seeded;
      await client.query('set local role apms_api');
      await client.query(`select set_config('app.workspace_id', $1, true)`, [workspaceIds.a]);
      const another = { id: 'new', vendor_code: 'NEW' };
      expect(await tried(copyOf('vendor_master', `id = '${version}-vendor'`, another))).toMatchObject({
        code,
      });
    },
  );

  test('waits to be activated until the rows that are being written are committed', async () => {
    const { client, database } = seeded;
    await client.query(copyOf('vendor_master', `id = 'a-v3-vendor'`, { id: 'late', vendor_code: 'LATE' }));
    const activator = await database.connect();
    await activator.query(`set lock_timeout = '100ms'`);
    await expect(
      activator.query(`update config_versions set notes = 'activating' where id = 'a-v3'`),
    ).rejects.toMatchObject({ code: '55P03' });
    await activator.end();
  });

  test('refuses TRUNCATE', async () => {
    expect(await tried('truncate config_versions cascade')).toMatchObject({ code: 'ZP005' });
  });
});

describe('a workflow', () => {
  test('never changes its version, policy or workspace', async () => {
    for (const change of [
      `config_version_id = 'a-v1'`,
      `policy_id = 'a-v2-parent'`,
      `workspace_id = '${workspaceIds.b}'`,
    ])
      expect(await tried(`update workflow_instances set ${change} where id = 'a-workflow'`)).toMatchObject({
        code: 'ZP004',
        constraint: 'trg_workflow_instances_frozen',
      });
    expect(
      await tried(`update workflow_instances set status = 'ON_HOLD' where id = 'a-workflow'`),
    ).toMatchObject(passed);
  });

  test.each([
    ['a-v2', {}],
    // A DRAFT could still be edited.
    ['a-v3', { code: 'ZP004', constraint: 'trg_workflow_instances_start' }],
  ])('starting from version %s', async (version, refusal) => {
    const outcome = await tried(
      copyOf('workflow_instances', `id = 'a-workflow'`, {
        id: 'new',
        config_version_id: version,
        policy_id: `${version}-policy`,
        scope_id: `${version}-scope`,
        vendor_id: `${version}-vendor`,
      }),
    );
    expect(outcome).toMatchObject({ ...passed, ...refusal });
  });

  test('stays where it is through an activation', async () => {
    const { client } = seeded;
    await client.query(
      `update config_versions set status = 'SUPERSEDED', superseded_by_id = 'a-v3' where id = 'a-v2'`,
    );
    await client.query(`update config_versions set status = 'ACTIVE' where id = 'a-v3'`);
    const { rows } = await client.query(
      `select config_version_id from workflow_instances where id = 'a-workflow'`,
    );
    expect(rows).toEqual([{ config_version_id: 'a-v2' }]);
  });
});

describe.each([
  ['workflow_stage_actions', 'a-action'],
  ['audit_events', 'a-event'],
])('%s', (table, id) => {
  test('takes new rows', async () => {
    expect(await tried(copyOf(table, `id = '${id}'`, { id: 'copy' }))).toMatchObject(passed);
  });

  test('changes and loses none', async () => {
    const refused = { code: 'ZP005', constraint: `trg_${table}_append_only` };
    expect(await tried(`update ${table} set id = id where id = '${id}'`)).toMatchObject(refused);
    expect(await tried(`delete from ${table} where id = '${id}'`)).toMatchObject(refused);
    expect(await tried(`truncate ${table}`)).toMatchObject({
      code: 'ZP005',
      constraint: `trg_${table}_truncate`,
    });
  });
});

test('a workflow on which somebody has acted cannot be deleted: history outranks the cascade', async () => {
  const { client } = seeded;
  await client.query('delete from approver_overrides');
  await client.query('delete from punchlists');
  await client.query('delete from atp_submissions');
  expect(await tried(`delete from workflow_instances where id = 'a-workflow'`)).toMatchObject({
    code: 'ZP005',
    constraint: 'trg_workflow_stage_actions_append_only',
  });
});

/** An SQL expression for something else than what the seeded versions have in a column. */
async function differentValue(client: Client, column: string): Promise<string> {
  const { rows } = await client.query<{ type: string }>(
    `select format_type(atttypid, null) as type from pg_attribute
     where attrelid = 'config_versions'::regclass and attname = $1`,
    [column],
  );
  const values = new Map([
    ['text', `'something else'`],
    ['character', `repeat('0', 64)`],
    ['integer', '77'],
    ['boolean', 'true'],
    ['jsonb', `'[1]'`],
    ['uuid', `'${workspaceIds.b}'`],
    ['timestamp with time zone', `'2020-01-01'`],
  ]);
  const value = values.get(rows[0]?.type ?? '');
  if (value === undefined) throw new Error(`no value for ${column}`);
  return value;
}

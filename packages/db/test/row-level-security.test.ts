import { describe, expect, test } from 'vitest';
import { attempt, type Outcome } from './support/attempt.ts';
import { alike, byName } from './support/by-name.ts';
import { masterTables, workspaceScopedTables } from './support/catalog.ts';
import { workspaceIds } from './support/seed-workspace.ts';
import { useSeededDatabase } from './support/seeded-database.ts';

const seeded = useSeededDatabase();
const { a, b } = workspaceIds;

/** Becomes the API in a workspace until the transaction, or the attempt, ends. */
async function actAsApi(settings: { workspace?: string; user?: string }): Promise<void> {
  await seeded.client.query('set local role apms_api');
  for (const [name, value] of Object.entries(settings))
    await seeded.client.query('select set_config($1, $2, true)', [`app.${name}_id`, value]);
}

/** Tries a statement as the API in workspace b, past all triggers. */
async function tryInB(table: string, statement: string): Promise<Outcome> {
  return await attempt(seeded.client, async () => {
    await seeded.client.query(`alter table ${table} disable trigger user`);
    await actAsApi({ workspace: b });
    return await seeded.client.query(statement);
  });
}

const scopeColumn = (table: string) => (table === 'workspaces' ? 'id' : 'workspace_id');

async function visibleWorkspaces(table: string): Promise<string[]> {
  const { rows } = await seeded.client.query<{ scope: string }>(
    `select distinct ${scopeColumn(table)} as scope from ${table}`,
  );
  return rows.map((row) => row.scope);
}

async function can(privilege: string, table: string): Promise<boolean> {
  const { rows } = await seeded.client.query<{ can: boolean }>(
    `select has_table_privilege('apms_api', $1, $2) as can`,
    [table, privilege],
  );
  return rows[0]?.can ?? false;
}

describe('the catalog', () => {
  test('has row-level security enabled and forced on every workspace-scoped table', async () => {
    const scoped = await workspaceScopedTables(seeded.client);
    const { rows } = await seeded.client.query<{ name: string }>(`
      select relname as name from pg_class
      where relrowsecurity and relforcerowsecurity and relnamespace = 'public'::regnamespace
      order by relname`);
    expect(rows.map((row) => row.name)).toEqual(scoped);
    expect(scoped).toEqual(expect.arrayContaining(masterTables));
  });

  test('has the same isolation policy on each, for the API alone', async () => {
    const { rows } = await seeded.client.query(`
      select tablename, cmd, roles::text[], qual from pg_policies
      where policyname = 'workspace_isolation' order by tablename`);
    const scoped = await workspaceScopedTables(seeded.client);
    expect(rows.map((row) => row.tablename)).toEqual(scoped);
    for (const row of rows)
      expect(row).toMatchObject({
        cmd: 'ALL',
        roles: ['apms_api'],
        qual: expect.stringMatching(/SELECT .*current_setting/),
      });
  });
});

describe('within a workspace', () => {
  test('every table shows its own rows and nobody else’s', async () => {
    const tables = await workspaceScopedTables(seeded.client);
    await actAsApi({ workspace: b });
    expect(await byName(tables, visibleWorkspaces)).toEqual(alike(tables, [b]));
  });

  test('a row of another workspace can be inserted into no table', async () => {
    const insert = async (table: string) => {
      const { rows } = await seeded.client.query<{ row: unknown }>(
        `select to_json(original) as row from ${table} as original where ${scopeColumn(table)} = $1 limit 1`,
        [a],
      );
      const copy = JSON.stringify(rows[0]?.row).replaceAll("'", "''");
      return await tryInB(
        table,
        `insert into ${table} select * from json_populate_record(null::${table}, '${copy}')`,
      );
    };
    const tables = await workspaceScopedTables(seeded.client);
    const message = expect.stringContaining('row-level security');
    expect(await byName(tables, insert)).toEqual(
      alike(tables, expect.objectContaining({ code: '42501', message })),
    );
  });

  test.each([
    ['UPDATE', (table: string) => `update ${table} set ${scopeColumn(table)} = ${scopeColumn(table)}`],
    ['DELETE', (table: string) => `delete from ${table}`],
  ])('a row of another workspace is out of reach of %s in any table', async (privilege, statement) => {
    const write = (table: string) =>
      tryInB(table, `${statement(table)} where ${scopeColumn(table)} = '${a}'`);
    const none = { code: undefined, rowCount: 0 };
    const expected = async (table: string) =>
      expect.objectContaining((await can(privilege, table)) ? none : { code: '42501' });
    const tables = await workspaceScopedTables(seeded.client);
    expect(await byName(tables, write)).toEqual(await byName(tables, expected));
  });

  test('an own row cannot be given to another workspace', async () => {
    const scoped = await workspaceScopedTables(seeded.client);
    const tables = scoped.filter((table) => table !== 'workspaces');
    const codes = await byName(tables, async (table) => {
      const outcome = await tryInB(table, `update ${table} set workspace_id = '${a}'`);
      return outcome.code;
    });
    expect(codes).toEqual(alike(tables, '42501'));
  });

  test('own rows can be written', async () => {
    const statement = `insert into sites (id, workspace_id, site_code, name) values ('new', '${b}', 'NEW', 'New')`;
    expect(await tryInB('sites', statement)).toMatchObject({ code: undefined, rowCount: 1 });
    expect(await tryInB('sites', `update sites set name = 'Renamed'`)).toMatchObject({ rowCount: 1 });
  });
});

describe('without a workspace', () => {
  test.each([
    ['unset', {}],
    ['empty', { workspace: '' }],
  ])('%s: every table is empty', async (_, settings) => {
    const tables = await workspaceScopedTables(seeded.client);
    await actAsApi(settings);
    expect(await byName(tables, visibleWorkspaces)).toEqual(alike(tables, []));
  });

  test('reset after use: every table is empty', async () => {
    await attempt(seeded.client, () => actAsApi({ workspace: b }));
    await actAsApi({});
    expect(await visibleWorkspaces('sites')).toEqual([]);
  });

  test('something that is no id is refused', async () => {
    const outcome = await attempt(seeded.client, async () => {
      await actAsApi({ workspace: `' or true --` });
      await visibleWorkspaces('sites');
    });
    expect(outcome.code).toBe('22P02');
  });

  test('nothing can be written', async () => {
    await actAsApi({});
    const outcome = await attempt(seeded.client, () =>
      seeded.client.query(
        `insert into sites (id, workspace_id, site_code, name) values ('x', '${a}', 'X', 'X')`,
      ),
    );
    expect(outcome.code).toBe('42501');
  });

  test('a person sees the workspaces of their own memberships, and no others', async () => {
    await seeded.client.query(`delete from workspace_memberships where id = 'b-membership'`);
    await actAsApi({ user: 'alice' });
    expect(await visibleWorkspaces('workspaces')).toEqual([a]);
    expect(await visibleWorkspaces('workspace_memberships')).toEqual([a]);
    await actAsApi({ user: 'bob' });
    expect(await visibleWorkspaces('workspaces')).toEqual([]);
  });

  test('but within one, only that one', async () => {
    await actAsApi({ user: 'alice', workspace: b });
    expect(await visibleWorkspaces('workspaces')).toEqual([b]);
    expect(await visibleWorkspaces('workspace_memberships')).toEqual([b]);
  });

  test('an event of the system can be written and not read', async () => {
    await actAsApi({});
    await seeded.client.query(
      `insert into audit_events (id, action, entity_type, entity_id) values ('e', 'failed', 'session', 'x')`,
    );
    const { rows } = await seeded.client.query('select from audit_events');
    expect(rows).toEqual([]);
  });
});

describe('the role apms_api', () => {
  test('cannot log in, bypass row-level security, or own anything', async () => {
    const { rows } = await seeded.client.query(`
      select rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
        exists (select from pg_class where relowner = pg_roles.oid) as owns
      from pg_roles where rolname = 'apms_api'`);
    expect(rows).toEqual([
      {
        rolcanlogin: false,
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        owns: false,
      },
    ]);
  });

  test('may neither truncate nor make triggers or references on any table', async () => {
    const { rows } = await seeded.client.query(`
      select table_name, privilege_type from information_schema.role_table_grants
      where grantee = 'apms_api' and privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')`);
    expect(rows).toEqual([]);
  });

  test('may not delete history, nor change what is append-only, nor touch quarantine', async () => {
    const appendOnly = ['audit_events', 'workflow_stage_actions', 'documents', 'data_integrity_audit_log'];
    const history = [
      ...appendOnly,
      'approver_overrides',
      'atp_submissions',
      'punchlist_items',
      'punchlists',
      'sites',
      'users',
      'workflow_instances',
      'workflow_stages',
      'workspaces',
    ];
    expect(await byName(history, (table) => can('DELETE', table))).toEqual(alike(history, false));
    expect(await byName(appendOnly, (table) => can('UPDATE', table))).toEqual(alike(appendOnly, false));
    expect(await can('SELECT', 'quarantined_rows')).toBe(false);
  });

  test('a table’s owner is bound as well', async () => {
    await seeded.client.query('create role test_owner nologin nobypassrls');
    await seeded.client.query('alter table sites owner to test_owner');
    await seeded.client.query('set local role test_owner');
    await seeded.client.query('select set_config($1, $2, true)', ['app.workspace_id', a]);
    expect(await visibleWorkspaces('sites')).toEqual([]);
  });
});

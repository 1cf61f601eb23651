import { describe, expect, test } from 'vitest';
import { attempt } from './support/attempt.ts';
import { alike, byName } from './support/by-name.ts';
import { workspaceScopedTables } from './support/catalog.ts';
import { useSeededDatabase } from './support/seeded-database.ts';

const seeded = useSeededDatabase();

/** Tries a statement as the system, and undoes it. */
async function trySystem(sql: string) {
  return await attempt(seeded.client, async () => {
    await seeded.client.query('set local role apms_jobs');
    return await seeded.client.query(sql);
  });
}

const done = { code: undefined, rowCount: 1 };
const denied = { code: '42501' };

describe('the role apms_jobs', () => {
  test('cannot log in, bypass row-level security, or own anything; nor can the API become it', async () => {
    const { rows } = await seeded.client.query(`
      select rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
        exists (select from pg_class where relowner = pg_roles.oid) as owns,
        pg_has_role('apms_api', oid, 'MEMBER') as "isOfTheApi"
      from pg_roles where rolname = 'apms_jobs'`);
    expect(rows).toEqual([
      {
        rolcanlogin: false,
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        owns: false,
        isOfTheApi: false,
      },
    ]);
  });

  test('sees the rows of all workspaces in every table, by a policy that is its alone', async () => {
    const tables = await workspaceScopedTables(seeded.client);
    const { rows } = await seeded.client.query<{ tablename: string }>(`
      select tablename from pg_policies
      where policyname = 'system_work' and roles = '{apms_jobs}' and cmd = 'ALL' and qual = 'true' order by 1`);
    expect(rows.map(({ tablename }) => tablename)).toEqual(tables);
    await seeded.client.query('set local role apms_jobs');
    const counts = await byName(tables, async (table) => {
      const scope = table === 'workspaces' ? 'id' : 'workspace_id';
      return (await seeded.client.query(`select distinct ${scope} from ${table}`)).rowCount;
    });
    expect(counts).toEqual(alike(tables, 2));
  });

  test('may neither truncate nor make triggers or references on any table', async () => {
    const { rows } = await seeded.client.query(`
      select table_name, privilege_type from information_schema.role_table_grants
      where grantee = 'apms_jobs' and privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')`);
    expect(rows).toEqual([]);
  });
});

describe('the work of the system', () => {
  test('marks a breach of any workspace and logs it', async () => {
    await seeded.client.query(
      `update workflow_stages set opened_at = '2025-01-01', sla_due_at = '2025-01-02'`,
    );
    const marked = await trySystem(`
      with due as (
        select id from workflow_stages
        where status = 'PENDING' and sla_breached_at is null and sla_due_at < now() for update skip locked
      ), marked as (
        update workflow_stages s set sla_breached_at = now(), updated_at = now() from due where due.id = s.id
        returning s.id, s.workspace_id
      )
      insert into workflow_stage_actions (id, workspace_id, workflow_stage_id, action_type)
      select 'breach-' || id, workspace_id, id, 'SLA_BREACHED' from marked`);
    expect(marked).toMatchObject({ code: undefined, rowCount: 2 });
  });

  test('deletes what has expired', async () => {
    await seeded.client.query(`
      insert into sessions (id, user_id, token, expires_at) values ('s', 'alice', 't', '2020-01-01');
      insert into verifications (id, identifier, value, expires_at) values ('v', 'i', 'x', '2020-01-01');
      update idempotency_keys set expires_at = '2020-01-01' where id = 'a-idempotency'`);
    const tables = ['sessions', 'verifications', 'idempotency_keys'];
    const deleted = await byName(tables, (table) =>
      trySystem(`delete from ${table} where expires_at < now()`),
    );
    expect(deleted).toEqual(alike(tables, expect.objectContaining(done)));
  });

  test('records an audit, moves an orphan aside, links one anew, and leaves an event', async () => {
    expect(
      await trySystem(`
        insert into data_integrity_audit_log (id, started_at, duration_ms, origin, checks_total, checks_failed,
          orphans_total, results, health)
        values ('run', now(), 1, 'SCHEDULED', 1, 0, 0, '{}', 'HEALTHY')`),
    ).toMatchObject(done);
    expect(
      await trySystem(`
        with gone as (delete from approver_overrides where id = 'b-override' returning *)
        insert into quarantined_rows (id, audit_log_id, constraint_name, table_name, row_id, row_data, reason, quarantined_by_id)
        select 'q', 'audit', 'fk', 'approver_overrides', id, to_jsonb(gone), 'orphan', 'alice' from gone`),
    ).toMatchObject(done);
    expect(await trySystem(`update quarantined_rows set restored_at = now()`)).toMatchObject({
      code: undefined,
    });
    expect(
      await trySystem(
        `update punchlist_items set raised_by_id = 'carol', updated_at = now() where id = 'b-item'`,
      ),
    ).toMatchObject(done);
    expect(
      await trySystem(`insert into audit_events (id, workspace_id, action, entity_type, entity_id)
                       select 'e', id, 'quarantined', 'override', 'x' from workspaces where code = 'b'`),
    ).toMatchObject(done);
  });

  test('can delete rows of the configuration only where that can still change', async () => {
    expect(await trySystem(`delete from cluster_approver_master where id = 'b-v3-approver'`)).toMatchObject(
      done,
    );
    expect(await trySystem(`delete from cluster_approver_master where id = 'b-v2-approver'`)).toMatchObject({
      code: 'ZP001',
    });
  });
});

describe('what is not the work of the system', () => {
  test.each([
    ['decide', `update workflow_stages set status = 'APPROVED'`],
    ['extend a time limit', `update workflow_stages set sla_due_at = now()`],
    ['edit configuration', `update cluster_master set cluster_code = 'X'`],
    ['move a workflow to another version', `update workflow_instances set config_version_id = 'x'`],
    ['start a workflow', `insert into workflow_instances select * from workflow_instances`],
    ['change settings', `update workspace_settings set stage_sla_hours = 1`],
    ['make a member', `insert into workspace_memberships select * from workspace_memberships`],
    ['change a role', `update workspace_memberships set role = 'ADMIN'`],
    ['change a person', `update users set status = 'ACTIVE'`],
    ['read a password', 'select password from accounts'],
    ['read a session', 'select token from sessions'],
    ['read a key', 'select key from api_keys'],
    ['read a verification', 'select value from verifications'],
    [
      'make a session',
      `insert into sessions (id, user_id, token, expires_at) values ('s', 'alice', 't', now())`,
    ],
    ['delete a person', 'delete from users'],
    ['delete a workspace', 'delete from workspaces'],
    ['delete history', 'delete from workflow_stage_actions'],
    ['change history', `update audit_events set action = 'x'`],
    ['change an audit', `update data_integrity_audit_log set orphans_total = 0`],
    ['delete what was moved aside', 'delete from quarantined_rows'],
  ])('%s', async (_, sql) => {
    expect(await trySystem(sql)).toMatchObject(denied);
  });
});

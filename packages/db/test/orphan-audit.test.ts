import { type ForeignKey, OrphanAudit, type OrphanFinding } from '@apms/validators';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditOrphans, listForeignKeys, storeOrphanAudit } from '../src/checks/index.ts';
import { planOrphanQueries } from '../src/checks/plan-orphan-queries.ts';
import type { Probe } from '../src/checks/probe/probe.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/index.ts';
import { insertProductionRows } from './support/production-rows.ts';

let database: TestDatabase;
let client: Client;
let keys: ForeignKey[];
let rows: Probe;

beforeAll(async () => {
  database = await createTestDatabase();
  client = await database.connect();
  keys = await listForeignKeys(client);
  rows = await insertProductionRows(client);
});

afterAll(async () => {
  await database.drop();
});

/** Runs some work on rows damaged past their keys, and undoes the damage. */
async function withDamage<T>(sql: string, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    await client.query('set local session_replication_role = replica');
    await client.query(sql);
    return await work();
  } finally {
    await client.query('rollback');
  }
}

describe('listForeignKeys', () => {
  test('finds each key of the catalog with its columns in order', () => {
    expect(keys.find(({ name }) => name === 'fk_workflow_instances_policy')).toEqual({
      name: 'fk_workflow_instances_policy',
      table: 'workflow_instances',
      columns: ['policy_id', 'workspace_id', 'config_version_id'],
      referencedTable: 'approval_policy_master',
      referencedColumns: ['id', 'workspace_id', 'config_version_id'],
      validated: true,
      severity: 'WARNING',
    });
    expect(keys.length).toBeGreaterThanOrEqual(72);
  });

  test('calls the references without which an approval cannot be explained critical', () => {
    const critical = keys.filter(({ severity }) => severity === 'CRITICAL').map(({ name }) => name);
    expect(critical).toEqual([
      'fk_atp_submissions_workflow',
      'fk_workflow_instances_config_version',
      'fk_workflow_instances_workspace',
    ]);
  });

  test('finds none in an empty database', async () => {
    const empty = await createTestDatabase({ template: 'empty' });
    expect(await listForeignKeys(await empty.connect())).toEqual([]);
    await empty.drop();
  });
});

describe('auditOrphans', () => {
  test('finds nothing in sound data', async () => {
    const audit = await auditOrphans([client], keys);
    expect(OrphanAudit.parse(audit)).toEqual(audit);
    expect(audit).toMatchObject({ checked: keys.length, skipped: [], findings: [] });
  });

  test('counts orphans and names at most five of them, the critical first', async () => {
    const damage = `
      update workflow_instances set config_version_id = 'gone';
      insert into workspace_memberships (id, workspace_id, user_id, role)
        select 'm' || n, '${rows.workspaceId}', 'nobody-' || n, 'VIEWER' from generate_series(1, 7) n`;
    const { findings } = await withDamage(damage, () => auditOrphans([client], keys));
    expect(findings[0]).toMatchObject({
      foreignKey: { name: 'fk_workflow_instances_config_version', severity: 'CRITICAL' },
      count: 1,
      sampleIds: [`${rows.prefix}:workflow_instances`],
    });
    expect(findings.at(-1)).toMatchObject({
      foreignKey: { name: 'fk_workspace_memberships_user', severity: 'WARNING' },
      count: 7,
      sampleIds: ['m1', 'm2', 'm3', 'm4', 'm5'],
    });
  });

  test('a reference into another workspace is an orphan of its composite key', async () => {
    const damage = `insert into workspaces (id, code, name) values (gen_random_uuid(), 'other', 'Other');
      update sites set workspace_id = (select id from workspaces where code = 'other')`;
    const { findings } = await withDamage(damage, () => auditOrphans([client], keys));
    expect(findings.map(({ foreignKey }) => foreignKey.name)).toEqual([
      'fk_atp_submissions_site',
      'fk_workflow_instances_site',
    ]);
  });

  test('a key with a NULL in it refers to nothing', async () => {
    const damage = `update workflow_instances set vendor_id = null`;
    const { findings } = await withDamage(damage, () => auditOrphans([client], keys));
    expect(findings).toEqual([]);
  });

  test.each([1, 2, 3])('finds the same over %i connections', async (count) => {
    await client.query(`alter table punchlist_items drop constraint fk_punchlist_items_raised_by`);
    await client.query(`update punchlist_items set raised_by_id = 'nobody'`);
    const clients = await Promise.all(Array.from({ length: count }, () => database.connect()));
    const audit = await auditOrphans(clients, keys);
    for (const each of clients) await each.end();
    await client.query(`update punchlist_items set raised_by_id = '${rows.prefix}:approver'`);
    await client.query(`alter table punchlist_items add constraint fk_punchlist_items_raised_by
      foreign key (raised_by_id) references users (id) on delete restrict`);
    expect(audit).toMatchObject({
      checked: keys.length,
      findings: [{ foreignKey: { name: 'fk_punchlist_items_raised_by' }, count: 1 }],
    });
  });

  test('keys of a newer schema are run against the data of an older one', async () => {
    const older = await createTestDatabase({ template: { migrations: 2 } });
    const connection = await older.connect();
    await connection.query(`
      insert into users (id, email, display_name) values ('u', 'u@example.test', 'U');
      insert into workspaces (id, code, name) values ('00000000-0000-4000-8000-000000000001', 'w', 'W');
      insert into vendor_master (id, workspace_id, config_version_id, vendor_code, vendor_name)
        values ('v', '00000000-0000-4000-8000-000000000001', 'gone', 'V', 'V')`);
    const audit = await auditOrphans([connection], keys);
    expect(audit.skipped.map(({ table }) => table)).toEqual(['workspace_settings', 'workspace_settings']);
    expect(audit.findings).toMatchObject([
      { foreignKey: { name: 'fk_vendor_master_config_version' }, count: 1, sampleIds: ['v'] },
    ]);
    await older.drop();
  });

  test('keys whose tables or columns are missing are skipped, not failed', async () => {
    const older = await createTestDatabase({ template: { migrations: 1 } });
    const unknown: ForeignKey = {
      name: 'fk_sites_owner',
      table: 'sites',
      columns: ['owner_id'],
      referencedTable: 'users',
      referencedColumns: ['id'],
      validated: true,
      severity: 'WARNING',
    };
    const audit = await auditOrphans([await older.connect()], [...keys, unknown]);
    expect(audit.skipped.map(({ table }) => table)).toContain('workflow_stages');
    expect(audit.skipped).toContainEqual(unknown);
    expect(audit.checked + audit.skipped.length).toBe(keys.length + 1);
    expect(audit.checked).toBeGreaterThan(0);
    await older.drop();
  });

  test('columns of different types are compared all the same', async () => {
    await client.query('begin');
    await client.query(`alter table quarantined_rows drop constraint fk_quarantined_rows_audit_log,
      alter column audit_log_id type int using 1`);
    await client.query(`insert into quarantined_rows (id, audit_log_id, constraint_name, table_name, row_id, row_data,
        reason, quarantined_by_id)
      values ('q', 7, 'c', 't', 'r', '{}', 'test', '${rows.prefix}:users')`);
    const { findings } = await auditOrphans([client], keys);
    await client.query('rollback');
    expect(findings).toMatchObject([
      { foreignKey: { name: 'fk_quarantined_rows_audit_log' }, sampleIds: ['q'] },
    ]);
  });

  test('names with capitals, spaces and quotes are quoted', async () => {
    await client.query('begin');
    await client.query(`create table "Odd ""Parent" ("The Id" int primary key);
      create table "Odd Child" (a int, b int, "Parent's Id" int, primary key (a, b));
      insert into "Odd Child" values (1, 2, 3);
      alter table "Odd Child" add constraint "odd key" foreign key ("Parent's Id") references "Odd ""Parent" not valid`);
    const own = (await listForeignKeys(client)).filter(({ name }) => name === 'odd key');
    const { findings } = await auditOrphans([client], own);
    await client.query('rollback');
    expect(findings).toMatchObject([{ count: 1, sampleIds: ['1/2'], foreignKey: { validated: false } }]);
  });

  test('leaves the settings of the connection as they were, also after an error', async () => {
    const names = ['jit', 'max_parallel_workers_per_gather', 'row_security', 'work_mem'];
    const read = 'select array(select current_setting(name) from unnest($1::text[]) name) as settings';
    await client.query("set work_mem = '5MB'");
    const before = await client.query(read, [names]);
    await auditOrphans([client], keys);
    expect((await client.query(read, [names])).rows).toEqual(before.rows);
    await client.query('begin');
    await client.query("set local statement_timeout = '1ms'");
    await expect(auditOrphans([client], keys)).rejects.toThrow(/statement timeout/);
    await client.query('rollback');
    expect((await client.query(read, [names])).rows).toEqual(before.rows);
  });

  test('refuses to read what row-level security would hide', async () => {
    await client.query('begin');
    await client.query('set local role apms_api');
    await expect(auditOrphans([client], keys)).rejects.toThrow(/row-level security|permission denied/);
    await client.query('rollback');
  });

  test('runs as the role of the system, which a policy lets through everywhere', async () => {
    await client.query('begin');
    await client.query(`set local session_replication_role = replica`);
    await client.query(`insert into sites (id, workspace_id, site_code, name)
                        values ('stray', '00000000-0000-4000-8000-000000000009', 'S', 'S')`);
    await client.query('set local role apms_jobs');
    const audit = await auditOrphans([client], keys);
    await client.query('rollback');
    expect(audit).toMatchObject({
      checked: keys.length,
      skipped: [],
      findings: [{ foreignKey: { name: 'fk_sites_workspace' }, count: 1, sampleIds: ['stray'] }],
    });
  });

  test.each([
    ['a table has no policy for it', 'drop policy system_work on punchlists'],
    ['a policy shows it only some rows', 'alter policy system_work on punchlists using (id is not null)'],
    [
      'another policy restricts it',
      'create policy less on punchlists as restrictive to apms_jobs using (id is null)',
    ],
  ])('refuses that role when %s', async (_, change) => {
    await client.query('begin');
    await client.query(change);
    await client.query('set local role apms_jobs');
    await expect(auditOrphans([client], keys)).rejects.toThrow(/row-level security/);
    await client.query('rollback');
  });

  test('needs a connection', async () => {
    await expect(auditOrphans([], keys)).rejects.toThrow(TypeError);
  });
});

describe('rows that share few values', () => {
  const few = `
    create table lot (id int, kind text, primary key (kind, id));
    insert into lot select n, 'k' from generate_series(1, 5) n;
    create table item (id int primary key, kind text, lot_id int, filler text);
    insert into item select n, 'k', n % 5 + 1, 'x' from generate_series(1, 2000) n;
    update item set lot_id = null where id % 7 = 0;
    update item set kind = null where id % 11 = 0;
    create index on item (lot_id, kind);
    alter table item add constraint item_lot foreign key (kind, lot_id) references lot (kind, id) not valid;
    analyze item;`;

  /** The audit of `item` in a transaction that is rolled back, and whether it goes from value to value. */
  async function auditItems(damage: string) {
    await client.query('begin');
    try {
      await client.query(few + damage);
      const own = (await listForeignKeys(client)).filter(({ name }) => name === 'item_lot');
      const { queries } = await planOrphanQueries(client, own);
      const { findings } = await auditOrphans([client], own);
      return { findings, isQuick: queries.every(({ sql, quickSql }) => sql !== quickSql) };
    } finally {
      await client.query('rollback');
    }
  }

  test('are looked at value by value', async () => {
    expect(await auditItems('')).toEqual({ findings: [], isQuick: true });
  });

  test('and counted when one of the values leads nowhere', async () => {
    const damage = 'set local session_replication_role = replica; delete from lot where id = 3';
    const { findings, isQuick } = await auditItems(damage);
    expect(isQuick).toBe(true);
    // 400 rows of lot 3, without those of which a column is null.
    const count = Array.from({ length: 2000 }, (_, n) => n + 1).filter(isOfLot3).length;
    expect(findings).toMatchObject([{ count, sampleIds: { length: 5 } }]);
  });

  test.each([
    ['smallest', '-5'],
    ['greatest', '99'],
  ])('also when it is the %s', async (_, value) => {
    const { findings, isQuick } = await auditItems(`
      set local session_replication_role = replica; update item set lot_id = ${value}, kind = 'k' where id = 8`);
    expect({ findings, isQuick }).toMatchObject({
      findings: [{ count: 1, sampleIds: ['8'] }],
      isQuick: true,
    });
  });

  test('are read after all when the statistics have become wrong', async () => {
    const { findings, isQuick } = await auditItems(`
      insert into lot select n, 'k' from generate_series(6, 6000) n;
      insert into item select n + 10000, 'k', n from generate_series(6, 6000) n;
      set local session_replication_role = replica; delete from lot where id = 6000`);
    expect({ findings, isQuick }).toMatchObject({
      findings: [{ count: 1, sampleIds: ['16000'] }],
      isQuick: true,
    });
  });

  test.each([
    [
      'no statistics',
      'delete from pg_statistic where starelid = (select oid from pg_class where relname = $$item$$)',
    ],
    ['no index', 'drop index item_lot_id_kind_idx'],
    ['an index of other columns', 'drop index item_lot_id_kind_idx; create index on item (lot_id)'],
  ])('are read when there is %s', async (_, change) => {
    expect(await auditItems(`; ${change}`)).toEqual({ findings: [], isQuick: false });
  });
});

/** Whether the row of that number refers to lot 3. */
function isOfLot3(n: number): boolean {
  return (n % 5) + 1 === 3 && n % 7 !== 0 && n % 11 !== 0;
}

async function readRecord(id: string): Promise<unknown> {
  const { rows: records } = await client.query('select * from data_integrity_audit_log where id = $1', [id]);
  return records[0];
}

function finding(name: string, count: number): OrphanFinding {
  const foreignKey = keys.find((key) => key.name === name);
  if (foreignKey === undefined) throw new Error(`no key ${name}`);
  return { foreignKey, count, sampleIds: ['a'] };
}

describe('storeOrphanAudit', () => {
  test('records a clean audit as healthy', async () => {
    const id = await storeOrphanAudit(client, await auditOrphans([client], keys), { origin: 'SCHEDULED' });
    expect(await readRecord(id)).toMatchObject({
      origin: 'SCHEDULED',
      checks_total: keys.length,
      checks_failed: 0,
      orphans_total: '0',
      health: 'HEALTHY',
      results: { findings: [], skipped: [] },
      requested_by_id: null,
    });
  });

  test('records counts and samples, and the worst severity as health', async () => {
    const audit = { checked: 3, skipped: [], findings: [finding('fk_sites_workspace', 2)], durationMs: 12.6 };
    const origin = { origin: 'ON_DEMAND', requestedById: `${rows.prefix}:users` } as const;
    expect(await readRecord(await storeOrphanAudit(client, audit, origin))).toMatchObject({
      duration_ms: 13,
      checks_failed: 1,
      orphans_total: '2',
      health: 'WARNING',
      requested_by_id: `${rows.prefix}:users`,
      results: {
        findings: [
          { name: 'fk_sites_workspace', table: 'sites', severity: 'WARNING', count: 2, sampleIds: ['a'] },
        ],
      },
    });
    const critical = {
      ...audit,
      findings: [...audit.findings, finding('fk_workflow_instances_workspace', 1)],
    };
    expect(await readRecord(await storeOrphanAudit(client, critical, origin))).toMatchObject({
      orphans_total: '3',
      health: 'CRITICAL',
    });
  });

  test('refuses a requester who does not exist', async () => {
    const audit = { checked: 0, skipped: [], findings: [], durationMs: 0 };
    const stored = storeOrphanAudit(client, audit, { origin: 'ON_DEMAND', requestedById: 'nobody' });
    await expect(stored).rejects.toThrow(/fk_data_integrity_audit_log_requested_by/);
  });
});

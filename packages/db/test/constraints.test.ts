import { describe, expect, test } from 'vitest';
import { attempt, type Outcome } from './support/attempt.ts';
import { alike, byName } from './support/by-name.ts';
import { checkRules } from './support/check-rules.ts';
import { useSeededDatabase } from './support/seeded-database.ts';
import { valueSets } from './support/value-sets.ts';

const seeded = useSeededDatabase();
const passed = { code: undefined };

/** Changes one row, past all triggers. */
async function change(table: string, id: string, assignments: string): Promise<Outcome> {
  return await attempt(seeded.client, async () => {
    await seeded.client.query(`alter table ${table} disable trigger user`);
    const key = table === 'workspace_settings' ? 'workspace_id' : 'id';
    const result = await seeded.client.query(`update ${table} set ${assignments} where ${key} = $1`, [id]);
    expect(result.rowCount).toBe(1);
  });
}

/** Inserts a copy of a row with another id and the given changes. */
async function duplicate(table: string, id: string, changes: object): Promise<Outcome> {
  return await attempt(seeded.client, async () => {
    await seeded.client.query(`alter table ${table} disable trigger user`);
    await seeded.client.query(
      `insert into ${table} select (json_populate_record(original, $2)).* from ${table} as original where id = $1`,
      [id, JSON.stringify({ id: 'duplicate', ...changes })],
    );
  });
}

/** Duplicates the open submission but for its number. */
const resubmit = (changes: object) =>
  duplicate('atp_submissions', 'a-submission', { submission_number: '2', ...changes });

describe('checks', () => {
  test.each(valueSets)('%s.%s takes its values and no other', async (table, column, id, values) => {
    const set = (value: string) => change(table, id, `${column} = '${value}'`);
    const others = ['UNKNOWN', '', ...values.map((value) => value.toLowerCase())];
    const refused = expect.objectContaining({ code: '23514', constraint: `ck_${table}_${column}` });
    expect(await byName(values, set)).toEqual(alike(values, expect.objectContaining(passed)));
    expect(await byName(others, set)).toEqual(alike(others, refused));
  });

  test.each(checkRules)('%s refuses and accepts', async (constraint, table, id, wrong, right) => {
    const assign = (assignments: string) => change(table, id, assignments);
    const refused = expect.objectContaining({ code: '23514', constraint });
    expect(await byName(wrong, assign)).toEqual(alike(wrong, refused));
    expect(await byName(right, assign)).toEqual(alike(right, expect.objectContaining(passed)));
  });

  test('have a case each', async () => {
    const { rows } = await seeded.client.query<{ name: string; validated: boolean }>(
      `select conname as name, convalidated as validated from pg_constraint
       where contype = 'c' and connamespace = 'public'::regnamespace order by conname`,
    );
    const cases = [
      ...valueSets.map(([table, column]) => `ck_${table}_${column}`),
      ...checkRules.map(([name]) => name),
    ];
    expect(rows.map((row) => row.name)).toEqual(cases.toSorted());
    expect(rows.filter((row) => !row.validated)).toEqual([]);
  });
});

describe('natural keys', () => {
  /** index · table · row · what else its copy needs to differ in · what makes the copy acceptable */
  const keys: readonly [index: string, table: string, id: string, same: object, different: object][] = [
    ['ux_workspace_memberships_user_role', 'workspace_memberships', 'a-membership', {}, { role: 'VIEWER' }],
    ['ux_sites_site_code', 'sites', 'a-site', {}, { site_code: 'SITE-2' }],
    ['ux_documents_storage_key', 'documents', 'a-document', {}, { storage_key: 'elsewhere' }],
    ['ux_idempotency_keys_key', 'idempotency_keys', 'a-idempotency', {}, { user_id: 'bob' }],
    ['ux_config_versions_version_number', 'config_versions', 'a-v3', {}, { version_number: 9 }],
    ['ux_atp_scope_master_scope_code', 'atp_scope_master', 'a-v3-scope', {}, { scope_code: 'MW' }],
    ['ux_vendor_master_vendor_code', 'vendor_master', 'a-v3-vendor', {}, { vendor_code: 'W' }],
    ['ux_approval_role_master_role_code', 'approval_role_master', 'a-v3-role', {}, { role_code: 'RTH' }],
    [
      'ux_approval_policy_master_match',
      'approval_policy_master',
      'a-v3-policy',
      {},
      { atp_category: 'HARDWARE' },
    ],
    [
      'ux_approval_policy_master_match',
      'approval_policy_master',
      'a-v3-parent',
      {},
      { atp_category: 'HARDWARE' },
    ],
    [
      'ux_approval_policy_stages_role',
      'approval_policy_stages',
      'a-v3-policy-stage',
      {},
      { stage_number: 2 },
    ],
    ['ux_cluster_master_cluster_code', 'cluster_master', 'a-v3-cluster', {}, { cluster_code: 'CL-2' }],
    ['ux_cluster_approver_master_rank', 'cluster_approver_master', 'a-v3-approver', {}, { rank: 2 }],
    ['ux_workflow_stages_role', 'workflow_stages', 'a-stage', {}, { parallel_group: 1 }],
    [
      'ux_atp_submissions_submission_number',
      'atp_submissions',
      'a-submission',
      { status: 'CANCELLED' },
      { status: 'CANCELLED', submission_number: 'ATP-2' },
    ],
    [
      'ux_atp_submission_documents_document',
      'atp_submission_documents',
      'a-submission-document',
      {},
      { document_id: 'a-photo' },
    ],
    ['ux_punchlist_items_item_code', 'punchlist_items', 'a-item', {}, { item_code: 'P-2' }],
  ];

  test.each(keys)('%s refuses a second row like %s %s', async (constraint, table, id, same, different) => {
    expect(await duplicate(table, id, same)).toMatchObject({ code: '23505', constraint });
    expect(await duplicate(table, id, different)).toMatchObject(passed);
  });

  test('an address of another case is the same person', async () => {
    const outcome = await duplicate('users', 'alice', { email: 'ALICE@example.org' });
    expect(outcome).toMatchObject({ code: '23505', constraint: 'ux_users_email_lower' });
  });

  test('one submission is open for a site, scope and category; closed ones do not count', async () => {
    expect(await resubmit({})).toMatchObject({ code: '23505', constraint: 'ux_atp_submissions_open' });
    // The same scope in the next version has another id; it is still the same scope.
    expect(await resubmit({ scope_id: 'a-v1-scope' })).toMatchObject({
      constraint: 'ux_atp_submissions_open',
    });
    expect(await resubmit({ status: 'COMPLETED' })).toMatchObject(passed);
    expect(await resubmit({ status: 'CANCELLED' })).toMatchObject(passed);
    expect(await resubmit({ atp_category: 'HARDWARE' })).toMatchObject(passed);
  });

  test('one version is ACTIVE for a workspace and source type', async () => {
    const second = await change('config_versions', 'a-v3', `status = 'ACTIVE'`);
    expect(second).toMatchObject({
      code: '23505',
      constraint: 'ux_config_versions_one_active_per_workspace',
    });
    expect(
      await change('config_versions', 'a-v3', `status = 'ACTIVE', source_type = 'SCOPE_CONFIG'`),
    ).toMatchObject(passed);
  });
});

test('the 91 performance indexes are there, valid, and no two cover the same', async () => {
  const { rows } = await seeded.client.query<{ definition: string }>(`
    select regexp_replace(pg_get_indexdef(indexrelid), '^.* ON ', '') as definition
    from pg_index where indexrelid::regclass::text like 'idx\\_%' and indisvalid and indisready`);
  expect(rows).toHaveLength(91);
  expect(new Set(rows.map((row) => row.definition)).size).toBe(91);
});

import type { ClientBase } from 'pg';
import { insertRow } from './insert-rows.ts';

/** The ids of {@link seedWorkspace} are readable: `<workspace>-<version>-<thing>` or `<workspace>-<thing>`. */
export const workspaceIds = {
  a: '00000000-0000-7000-8000-00000000000a',
  b: '00000000-0000-7000-8000-00000000000b',
} as const;

const checksum = 'c'.repeat(64);

/** What belongs to no workspace: the users `alice` (who did everything), `bob` and `carol`, and an `audit` run. */
export async function seedShared(client: ClientBase): Promise<void> {
  for (const id of ['alice', 'bob', 'carol'])
    await insertRow(client, 'users', { id, email: `${id}@example.org`, display_name: id, status: 'ACTIVE' });
  await insertRow(client, 'data_integrity_audit_log', {
    id: 'audit',
    started_at: '2025-01-01',
    duration_ms: 1,
    origin: 'ON_DEMAND',
    checks_total: 1,
    checks_failed: 0,
    orphans_total: 0,
    results: [],
    health: 'HEALTHY',
  });
}

/** Makes settings where the migrations have come so far. */
async function seedSettings(client: ClientBase, workspace_id: string): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regclass('workspace_settings') is not null as there`,
  );
  if (rows[0]?.there) await insertRow(client, 'workspace_settings', { workspace_id, updated_by_id: 'alice' });
}

/**
 * Fills a workspace with at least one row in every workspace-scoped table: version `v1` SUPERSEDED, `v2` ACTIVE
 * and the one that its workflow is frozen to, `v3` DRAFT. Works from the second migration on.
 */
export async function seedWorkspace(client: ClientBase, key: keyof typeof workspaceIds): Promise<void> {
  const workspace_id = workspaceIds[key];
  const id = (name: string) => `${key}-${name}`;
  const add = (table: string, name: string, row: object) =>
    insertRow(client, table, { id: id(name), workspace_id, ...row });

  await insertRow(client, 'workspaces', { id: workspace_id, code: key, name: `Workspace ${key}` });
  await seedSettings(client, workspace_id);
  await add('workspace_memberships', 'membership', { user_id: 'alice', role: 'ADMIN' });
  await add('sites', 'site', { site_code: 'SITE-1', name: 'Site', cluster_code: 'CL-1' });
  for (const name of ['document', 'photo'])
    await add('documents', name, {
      name,
      media_type: 'application/pdf',
      size_bytes: 1,
      sha256: checksum,
      storage_key: id(name),
      uploaded_by_id: 'alice',
    });
  await add('idempotency_keys', 'idempotency', {
    user_id: 'alice',
    key: 'key',
    procedure: 'workflows.decide',
    request_hash: checksum,
    expires_at: '2100-01-01',
  });
  await add('audit_events', 'event', {
    actor_id: 'alice',
    action: 'created',
    entity_type: 'site',
    entity_id: 'x',
  });

  for (const version of ['v1', 'v2', 'v3'] as const) await seedVersion(client, key, version);
  await supersede(client, id('v1'), id('v2'));
  await seedWorkflow(client, key);
}

async function seedVersion(
  client: ClientBase,
  key: keyof typeof workspaceIds,
  version: string,
): Promise<void> {
  const of = (name: string) => `${key}-${version}-${name}`;
  const config_version_id = `${key}-${version}`;
  const workspace_id = workspaceIds[key];
  const add = (table: string, name: string, row: object) =>
    insertRow(client, table, { id: of(name), workspace_id, config_version_id, ...row });

  await insertRow(client, 'config_versions', {
    id: config_version_id,
    workspace_id,
    source_type: 'APPROVAL_MATRIX',
    version_number: Number(version.slice(1)),
    source_file_name: 'matrix.xlsx',
    source_file_type: 'xlsx',
    source_checksum: checksum,
    validation_status: 'VALID',
    imported_by_id: 'alice',
  });
  await add('atp_scope_master', 'scope', { scope_code: 'RAN', scope_name: 'RAN', scope_group: 'RAN' });
  await add('vendor_master', 'vendor', { vendor_code: 'V', vendor_name: 'Vendor' });
  const role = { role_code: 'RTS', role_name: 'RTS', hierarchy_order: 1, stage_group: 'REVIEW' };
  await add('approval_role_master', 'role', role);
  const policy = { policy_name: 'Policy', scope_id: of('scope'), atp_category: 'BOTH' };
  await add('approval_policy_master', 'parent', { ...policy, policy_code: 'ANY' });
  await add('approval_policy_master', 'policy', {
    ...policy,
    policy_code: 'V',
    vendor_id: of('vendor'),
    parent_policy_id: of('parent'),
  });
  await add('approval_policy_stages', 'policy-stage', {
    policy_id: of('policy'),
    role_id: of('role'),
    stage_number: 1,
    sequence_order: 1,
    static_user_id: 'bob',
    assignment_rule: {},
  });
  await add('cluster_master', 'cluster', { scope_id: of('scope'), cluster_code: 'CL-1' });
  await add('cluster_approver_master', 'approver', {
    cluster_id: of('cluster'),
    role_id: of('role'),
    user_id: 'bob',
  });
}

/** Activates `first`, then `second` in its place, as a sequence of imports would. */
async function supersede(client: ClientBase, first: string, second: string): Promise<void> {
  const activate = (id: string) =>
    client.query(`update config_versions set status = 'ACTIVE', activated_by_id = 'alice' where id = $1`, [
      id,
    ]);
  await activate(first);
  await client.query(`update config_versions set previous_version_id = $1 where id = $2`, [first, second]);
  await client.query(
    `update config_versions set status = 'SUPERSEDED', superseded_by_id = $1 where id = $2`,
    [second, first],
  );
  await activate(second);
}

async function seedWorkflow(client: ClientBase, key: keyof typeof workspaceIds): Promise<void> {
  const workspace_id = workspaceIds[key];
  const id = (name: string) => `${key}-${name}`;
  const add = (table: string, name: string, row: object) =>
    insertRow(client, table, { id: id(name), workspace_id, ...row });

  const chosen = {
    site_id: id('site'),
    scope_id: id('v2-scope'),
    vendor_id: id('v2-vendor'),
    atp_category: 'BOTH',
  };
  await add('workflow_instances', 'workflow', {
    ...chosen,
    config_version_id: id('v2'),
    policy_id: id('v2-policy'),
    total_stages: 1,
    routing_snapshot: {},
  });
  await add('workflow_stages', 'stage', {
    workflow_id: id('workflow'),
    role_id: id('v2-role'),
    stage_number: 1,
    sequence_order: 1,
    approver_id: 'bob',
    status: 'PENDING',
    sla_hours: 48,
  });
  await add('workflow_stage_actions', 'action', {
    workflow_stage_id: id('stage'),
    action_type: 'OPENED',
    actor_id: 'alice',
  });
  await add('atp_submissions', 'submission', {
    ...chosen,
    submission_number: 'ATP-1',
    scope_code: 'RAN',
    status: 'IN_REVIEW',
    workflow_id: id('workflow'),
    submitted_by_id: 'alice',
  });
  await add('atp_submission_documents', 'submission-document', {
    submission_id: id('submission'),
    document_id: id('document'),
    document_type: 'ATP_FORM',
  });
  await add('punchlists', 'punchlist', {
    workflow_id: id('workflow'),
    workflow_stage_id: id('stage'),
    title: 'Defects',
  });
  await add('punchlist_items', 'item', {
    punchlist_id: id('punchlist'),
    item_code: 'P-1',
    description: 'Loose cable',
    severity: 'MINOR',
    evidence_document_id: id('document'),
    raised_by_id: 'bob',
  });
  await add('approver_overrides', 'override', {
    override_type: 'STAGE',
    workflow_stage_id: id('stage'),
    submission_id: id('submission'),
    cluster_code: 'CL-1',
    region: 'West',
    from_user_id: 'bob',
    to_user_id: 'carol',
    requested_by_id: 'bob',
    approved_by_id: 'alice',
    reason: 'Leave',
    effective_from: '2025-01-01',
  });
}

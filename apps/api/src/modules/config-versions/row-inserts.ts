import { Prisma } from '@apms/db';
import type { ConfigRowKind } from '@apms/validators';

/** Where rows go. */
export interface RowTarget {
  readonly workspaceId: string;
  readonly configVersionId: string;
}

/** One statement that inserts many rows of a kind, given as a JSON array of objects that name its columns. */
type RowInsert = (target: RowTarget, json: string) => Prisma.Sql;

export const rowInserts: Readonly<Record<ConfigRowKind, RowInsert>> = {
  scopes: insertInto('atp_scope_master', {
    scope_code: 'text',
    scope_name: 'text',
    scope_group: 'text',
    atp_category: 'text',
    atp_type: 'text',
    requires_cluster: 'boolean',
    is_active: 'boolean',
  }),
  vendors: insertInto('vendor_master', {
    vendor_code: 'text',
    vendor_name: 'text',
    vendor_type: 'text',
    contact_email: 'text',
    is_active: 'boolean',
  }),
  roles: insertInto('approval_role_master', {
    role_code: 'text',
    role_name: 'text',
    hierarchy_order: 'integer',
    stage_group: 'text',
    is_final_approver: 'boolean',
    can_approve_parallel: 'boolean',
  }),
  policies: insertInto('approval_policy_master', {
    policy_code: 'text',
    policy_name: 'text',
    scope_id: 'text',
    vendor_id: 'text',
    atp_category: 'text',
    fallback_priority: 'integer',
    parent_policy_id: 'text',
    is_active: 'boolean',
  }),
  stages: insertInto('approval_policy_stages', {
    policy_id: 'text',
    role_id: 'text',
    stage_number: 'integer',
    sequence_order: 'integer',
    parallel_group: 'integer',
    is_required: 'boolean',
    sla_hours: 'integer',
    assignment_mode: 'text',
    static_user_id: 'text',
    assignment_rule: 'jsonb',
  }),
  clusters: insertInto('cluster_master', {
    scope_id: 'text',
    cluster_code: 'text',
    cluster_name: 'text',
    region: 'text',
    province: 'text',
    city: 'text',
    m_sequence: 'text',
    site_count: 'integer',
    source_sheet: 'text',
    source_row: 'integer',
  }),
  approvers: insertInto('cluster_approver_master', {
    cluster_id: 'text',
    role_id: 'text',
    user_id: 'text',
    rank: 'integer',
    effective_from: 'date',
    effective_to: 'date',
    source_sheet: 'text',
    source_row: 'integer',
    source_column: 'text',
  }),
};

function insertInto(
  table: string,
  columns: Readonly<Record<string, 'text' | 'integer' | 'boolean' | 'date' | 'jsonb'>>,
): RowInsert {
  const names = Object.keys(columns);
  const types = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
  const into = Prisma.raw(`${table} (id, workspace_id, config_version_id, ${names.join(', ')})`);
  const selected = Prisma.raw(names.map((name) => `r.${name}`).join(', '));
  const record = Prisma.raw(`r(id text, ${types.join(', ')})`);
  return ({ workspaceId, configVersionId }, json) => Prisma.sql`
    insert into ${into}
    select r.id, ${workspaceId}::uuid, ${configVersionId}, ${selected} from json_to_recordset(${json}::json) ${record}`;
}

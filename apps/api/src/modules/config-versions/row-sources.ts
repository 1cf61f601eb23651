import { Prisma } from '@apms/db';
import type { ConfigRowKind } from '@apms/validators';

/** Where the rows of one kind are read from, with natural codes instead of ids. */
export interface RowSource {
  /** `from …` of the table as `t`, with what its codes come from. */
  readonly from: Prisma.Sql;
  /** The natural key within a version, as `text[]`. */
  readonly key: Prisma.Sql;
  /** The fields that a person or a file decides, as the schema names them. */
  readonly fields: Prisma.Sql;
  /** Where in the file a row came from; empty for tables that do not say. */
  readonly source: Prisma.Sql;
  /** What a search looks into, as a list. */
  readonly searched: Prisma.Sql;
  /** The order of a list; never null. */
  readonly order: { readonly column: Prisma.Sql; readonly type: 'text' | 'integer' };
}

/** By what a policy is known, from {@link withCodes}; any vendor is the empty code. */
const policyKey = (policy: Prisma.Sql) => Prisma.sql`
  s.scope_code, coalesce(vendor.vendor_code, ''), ${policy}.atp_category`;
const policyCodes = (policy: Prisma.Sql) => Prisma.sql`
  s.scope_code as "scopeCode", vendor.vendor_code as "vendorCode", ${policy}.atp_category as "atpCategory"`;
const withCodes = (policy: Prisma.Sql) => Prisma.sql`
  join atp_scope_master s on s.id = ${policy}.scope_id left join vendor_master vendor on vendor.id = ${policy}.vendor_id`;
const p = Prisma.sql`p`;
const t = Prisma.sql`t`;

/** The rows of every kind; add `where t.config_version_id = …`. */
export const rowSources: Readonly<Record<ConfigRowKind, RowSource>> = {
  scopes: {
    from: Prisma.sql`from atp_scope_master t`,
    key: Prisma.sql`array[t.scope_code]`,
    fields: Prisma.sql`
      t.scope_code as "scopeCode", t.scope_name as "scopeName", t.scope_group as "scopeGroup",
      t.atp_category as "atpCategory", t.atp_type as "atpType", t.requires_cluster as "requiresCluster",
      t.is_active as "isActive"`,
    source: Prisma.empty,
    searched: Prisma.sql`t.scope_code, t.scope_name`,
    order: { column: Prisma.sql`t.scope_code`, type: 'text' },
  },
  vendors: {
    from: Prisma.sql`from vendor_master t`,
    key: Prisma.sql`array[t.vendor_code]`,
    fields: Prisma.sql`
      t.vendor_code as "vendorCode", t.vendor_name as "vendorName", t.vendor_type as "vendorType",
      t.contact_email as "contactEmail", t.is_active as "isActive"`,
    source: Prisma.empty,
    searched: Prisma.sql`t.vendor_code, t.vendor_name, t.contact_email`,
    order: { column: Prisma.sql`t.vendor_code`, type: 'text' },
  },
  roles: {
    from: Prisma.sql`from approval_role_master t`,
    key: Prisma.sql`array[t.role_code]`,
    fields: Prisma.sql`
      t.role_code as "roleCode", t.role_name as "roleName", t.hierarchy_order as "hierarchyOrder",
      t.stage_group as "stageGroup", t.is_final_approver as "isFinalApprover",
      t.can_approve_parallel as "canApproveParallel"`,
    source: Prisma.empty,
    searched: Prisma.sql`t.role_code, t.role_name`,
    order: { column: Prisma.sql`t.hierarchy_order`, type: 'integer' },
  },
  policies: {
    from: Prisma.sql`
      from approval_policy_master t ${withCodes(t)}
      left join approval_policy_master parent on parent.id = t.parent_policy_id`,
    key: Prisma.sql`array[${policyKey(t)}]`,
    fields: Prisma.sql`
      t.policy_code as "policyCode", t.policy_name as "policyName", ${policyCodes(t)},
      t.fallback_priority as "fallbackPriority", parent.policy_code as "parentPolicyCode", t.is_active as "isActive"`,
    source: Prisma.empty,
    searched: Prisma.sql`t.policy_code, t.policy_name, s.scope_code, vendor.vendor_code`,
    order: { column: Prisma.sql`t.policy_code`, type: 'text' },
  },
  stages: {
    from: Prisma.sql`
      from approval_policy_stages t join approval_policy_master p on p.id = t.policy_id ${withCodes(p)}
      join approval_role_master r on r.id = t.role_id left join users u on u.id = t.static_user_id`,
    key: Prisma.sql`array[${policyKey(p)}, t.stage_number::text, r.role_code]`,
    fields: Prisma.sql`
      ${policyCodes(p)}, t.stage_number as "stageNumber", t.sequence_order as "sequenceOrder", r.role_code as "roleCode",
      t.parallel_group as "parallelGroup", t.is_required as "isRequired", t.sla_hours as "slaHours",
      t.assignment_mode as "assignmentMode", lower(u.email) as "staticUserEmail",
      t.assignment_rule as "assignmentRule"`,
    source: Prisma.empty,
    searched: Prisma.sql`p.policy_code, s.scope_code, vendor.vendor_code, r.role_code, u.email`,
    order: { column: Prisma.sql`p.policy_code || ' ' || lpad(t.stage_number::text, 10, '0')`, type: 'text' },
  },
  clusters: {
    from: Prisma.sql`from cluster_master t join atp_scope_master s on s.id = t.scope_id`,
    key: Prisma.sql`array[s.scope_code, t.cluster_code]`,
    fields: Prisma.sql`
      s.scope_code as "scopeCode", t.cluster_code as "clusterCode", t.cluster_name as "clusterName", t.region,
      t.province, t.city, t.m_sequence as "mSequence", t.site_count as "siteCount"`,
    source: Prisma.sql`, t.source_sheet as "sourceSheet", t.source_row as "sourceRow"`,
    searched: Prisma.sql`s.scope_code, t.cluster_code, t.cluster_name, t.region, t.province, t.city`,
    order: { column: Prisma.sql`t.cluster_code`, type: 'text' },
  },
  approvers: {
    from: Prisma.sql`
      from cluster_approver_master t join cluster_master c on c.id = t.cluster_id
      join atp_scope_master s on s.id = c.scope_id join approval_role_master r on r.id = t.role_id
      join users u on u.id = t.user_id`,
    key: Prisma.sql`array[s.scope_code, c.cluster_code, r.role_code, t.rank::text]`,
    fields: Prisma.sql`
      s.scope_code as "scopeCode", c.cluster_code as "clusterCode", r.role_code as "roleCode", t.rank,
      lower(u.email) as email, t.effective_from::text as "effectiveFrom", t.effective_to::text as "effectiveTo"`,
    source: Prisma.sql`
      , t.source_sheet as "sourceSheet", t.source_row as "sourceRow", t.source_column as "sourceColumn"`,
    searched: Prisma.sql`s.scope_code, c.cluster_code, r.role_code, u.email`,
    order: { column: Prisma.sql`t.id`, type: 'text' },
  },
};

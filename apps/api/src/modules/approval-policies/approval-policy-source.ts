import { Prisma } from '@apms/db';

const stages = Prisma.sql`
  select jsonb_agg(jsonb_build_object(
           'id', ps.id, 'stageNumber', ps.stage_number, 'sequenceOrder', ps.sequence_order,
           'parallelGroup', ps.parallel_group, 'roleId', ps.role_id, 'roleCode', r.role_code, 'roleName', r.role_name,
           'isRequired', ps.is_required, 'slaHours', ps.sla_hours, 'assignmentMode', ps.assignment_mode,
           'staticUserId', ps.static_user_id, 'staticUserName', u.display_name, 'assignmentRule', ps.assignment_rule)
         order by ps.stage_number, ps.sequence_order, r.role_code)
  from approval_policy_stages ps
  join approval_role_master r on r.id = ps.role_id
  left join users u on u.id = ps.static_user_id
  where ps.policy_id = t.id`;

/** Policies as their schema names them, each with its whole chain. */
export const approvalPolicySource = {
  select: Prisma.sql`
    select t.id, t.config_version_id as "configVersionId", t.policy_code as "policyCode", t.policy_name as "policyName",
           t.scope_id as "scopeId", s.scope_code as "scopeCode", t.vendor_id as "vendorId",
           v.vendor_code as "vendorCode", t.atp_category as "atpCategory", t.fallback_priority as "fallbackPriority",
           t.parent_policy_id as "parentPolicyId", parent.policy_code as "parentPolicyCode",
           t.is_active as "isActive", coalesce((${stages}), '[]') as stages, t.created_at as "createdAt"`,
  from: Prisma.sql`
    from approval_policy_master t
    join atp_scope_master s on s.id = t.scope_id
    left join vendor_master v on v.id = t.vendor_id
    left join approval_policy_master parent on parent.id = t.parent_policy_id`,
};

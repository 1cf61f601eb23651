import { Prisma } from '@apms/db';

/**
 * `select` of the overrides `o` in force at a moment for whose target `matches` holds, as `OverrideInForce` names
 * them. One that leads to somebody who could not decide is passed over.
 */
export function overridesInForce(now: Date, matches: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    select o.id, o.override_type as "overrideType", o.workflow_stage_id as "stageId", o.role_code as "roleCode",
           o.from_user_id as "fromUserId", o.to_user_id as "toUserId",
           (extract(epoch from o.approved_at) * 1000)::float8 as "approvedAtMs"
    from approver_overrides o
    join users beneficiary on beneficiary.id = o.to_user_id and beneficiary.status in ('ACTIVE', 'PENDING')
    where o.approval_status = 'APPROVED' and o.effective_from <= ${now}
      and coalesce(o.effective_to >= ${now}, true) and (${matches})`;
}

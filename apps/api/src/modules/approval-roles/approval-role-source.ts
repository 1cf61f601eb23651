import { Prisma } from '@apms/db';

/** Seats as their schema names them. */
export const approvalRoleSource = {
  select: Prisma.sql`
    select t.id, t.config_version_id as "configVersionId", t.role_code as "roleCode", t.role_name as "roleName",
           t.hierarchy_order as "hierarchyOrder", t.stage_group as "stageGroup",
           t.is_final_approver as "isFinalApprover", t.can_approve_parallel as "canApproveParallel",
           t.created_at as "createdAt"`,
  from: Prisma.sql`from approval_role_master t`,
};

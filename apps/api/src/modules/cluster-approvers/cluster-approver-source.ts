import { Prisma } from '@apms/db';

/** Approvers as their schema names them, with cluster, seat and person. */
export const clusterApproverSource = {
  select: Prisma.sql`
    select t.id, t.config_version_id as "configVersionId", t.cluster_id as "clusterId",
           c.cluster_code as "clusterCode", s.scope_code as "scopeCode", t.role_id as "roleId",
           r.role_code as "roleCode", r.role_name as "roleName", t.rank, t.user_id as "userId",
           u.display_name as "personName", u.email, u.status as "personStatus",
           t.effective_from::text as "effectiveFrom", t.effective_to::text as "effectiveTo",
           t.source_sheet as "sourceSheet", t.source_row as "sourceRow", t.source_column as "sourceColumn",
           t.created_at as "createdAt"`,
  from: Prisma.sql`
    from cluster_approver_master t
    join cluster_master c on c.id = t.cluster_id
    join atp_scope_master s on s.id = c.scope_id
    join approval_role_master r on r.id = t.role_id
    join users u on u.id = t.user_id`,
};

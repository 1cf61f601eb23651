import { Prisma, type SqlTransaction } from '@apms/db';

/** Two versions of one workspace; `to` has no rows yet. */
export interface RowCopy {
  readonly fromVersionId: string;
  /** A UUID of version 7. */
  readonly toVersionId: string;
}

/**
 * Copies all rows from one version to another. The id of a copy follows from the new version and the id of its
 * original, so every reference is mapped where it stands and no table waits for the ids of another.
 */
export async function copyRows(tx: SqlTransaction, { fromVersionId, toVersionId }: RowCopy): Promise<void> {
  // A UUID of version 7 with the new version's time and the hash of both ids instead of chance.
  const time = `${toVersionId.slice(0, 14)}7`;
  const copied = (id: string) => Prisma.sql`
    overlay(overlay(md5(${toVersionId} || ${Prisma.raw(id)})::uuid::text placing ${time} from 1) placing '8' from 20)`;
  const from = Prisma.sql`where config_version_id = ${fromVersionId}`;
  const head = Prisma.sql`${copied('id')}, workspace_id, ${toVersionId}`;
  // Sent in one flight, and run in this order.
  await Promise.all(
    [
      Prisma.sql`
        insert into atp_scope_master (id, workspace_id, config_version_id, scope_code, scope_name, scope_group,
          atp_category, atp_type, requires_cluster, is_active)
        select ${head}, scope_code, scope_name, scope_group, atp_category, atp_type, requires_cluster, is_active
        from atp_scope_master ${from}`,
      Prisma.sql`
        insert into vendor_master (id, workspace_id, config_version_id, vendor_code, vendor_name, vendor_type,
          contact_email, is_active)
        select ${head}, vendor_code, vendor_name, vendor_type, contact_email, is_active
        from vendor_master ${from}`,
      Prisma.sql`
        insert into approval_role_master (id, workspace_id, config_version_id, role_code, role_name, hierarchy_order,
          stage_group, is_final_approver, can_approve_parallel)
        select ${head}, role_code, role_name, hierarchy_order, stage_group, is_final_approver, can_approve_parallel
        from approval_role_master ${from}`,
      Prisma.sql`
        insert into approval_policy_master (id, workspace_id, config_version_id, policy_code, policy_name, scope_id,
          vendor_id, atp_category, fallback_priority, parent_policy_id, is_active)
        select ${head}, policy_code, policy_name, ${copied('scope_id')}, ${copied('vendor_id')}, atp_category,
          fallback_priority, ${copied('parent_policy_id')}, is_active
        from approval_policy_master ${from}`,
      Prisma.sql`
        insert into approval_policy_stages (id, workspace_id, config_version_id, policy_id, role_id, stage_number,
          sequence_order, parallel_group, is_required, sla_hours, assignment_mode, static_user_id, assignment_rule)
        select ${head}, ${copied('policy_id')}, ${copied('role_id')}, stage_number, sequence_order, parallel_group,
          is_required, sla_hours, assignment_mode, static_user_id, assignment_rule
        from approval_policy_stages ${from}`,
      Prisma.sql`
        insert into cluster_master (id, workspace_id, config_version_id, scope_id, cluster_code, cluster_name, region,
          province, city, m_sequence, site_count, source_sheet, source_row)
        select ${head}, ${copied('scope_id')}, cluster_code, cluster_name, region, province, city, m_sequence,
          site_count, source_sheet, source_row
        from cluster_master ${from}`,
      Prisma.sql`
        insert into cluster_approver_master (id, workspace_id, config_version_id, cluster_id, role_id, user_id, rank,
          effective_from, effective_to, source_sheet, source_row, source_column)
        select ${head}, ${copied('cluster_id')}, ${copied('role_id')}, user_id, rank, effective_from, effective_to,
          source_sheet, source_row, source_column
        from cluster_approver_master ${from}`,
    ].map((statement) => tx.query(statement)),
  );
}

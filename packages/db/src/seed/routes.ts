import { seedScopes, seedVendors } from './catalogue.ts';
import type { SeedStatement } from './seed-plan.ts';

/**
 * Resolves every combination of version, scope and vendor to its policy (`seed_route`), every stage of every policy
 * to its approver in each cluster (`seed_seat`), and both to the snapshot that a workflow keeps (`seed_snapshot`).
 */
export function routes(): SeedStatement[] {
  const scopes = `array[${seedScopes.map(([code]) => `'${code}'`).join(', ')}]`;
  const vendors = `array[${seedVendors.map(([code]) => `'${code}'`).join(', ')}]`;
  return [
    {
      table: 'seed_route',
      sql: `
        create temp table seed_route on commit drop as
        select distinct on (v.id, s.id, vendor.id) v.workspace_no, v.workspace_id, v.version_number, v.id as config_version_id,
          array_position(${scopes}, s.scope_code) - 1 as scope_no, array_position(${vendors}, vendor.vendor_code) - 1 as vendor_no,
          s.id as scope_id, s.scope_code, vendor.id as vendor_id, s.atp_category, p.id as policy_id,
          (select max(stage_number) from approval_policy_stages ps where ps.policy_id = p.id) as stages
        from seed_version v
        join atp_scope_master s on s.config_version_id = v.id
        join vendor_master vendor on vendor.config_version_id = v.id
        join approval_policy_master p on p.scope_id = s.id and (p.vendor_id is null or p.vendor_id = vendor.id)
          and (p.atp_category = s.atp_category or (p.vendor_id is null and p.atp_category = 'BOTH'))
        where v.version_number < 3
        order by v.id, s.id, vendor.id, p.vendor_id is null, p.atp_category <> s.atp_category, p.fallback_priority, p.id`,
    },
    {
      table: 'seed_seat',
      sql: `
        create temp table seed_seat on commit drop as
        with place as (
          select c.config_version_id, c.cluster_code, a.role_id, a.user_id, a.rank, u.status, c.scope_id, s.scope_code
          from seed_version v
          join cluster_master c on c.config_version_id = v.id
          join atp_scope_master s on s.id = c.scope_id
          join cluster_approver_master a on a.cluster_id = c.id
          join seed_user u on u.id = a.user_id
          where v.version_number < 3
        ), candidate as (
          select ps.id as policy_stage_id, p.cluster_code, p.user_id, p.rank, p.status
          from approval_policy_stages ps
          join approval_policy_master m on m.id = ps.policy_id
          join place p on p.config_version_id = ps.config_version_id and p.role_id = ps.role_id
            and (p.scope_id = m.scope_id or (ps.assignment_mode = 'AUTO' and p.scope_code = 'RAN'))
          where ps.assignment_mode in ('CLUSTER', 'AUTO')
          union all
          select ps.id, p.cluster_code, unnest(array[coalesce(ps.static_user_id, ps.assignment_rule ->> 'default'), p.user_id]),
            generate_series(1, 2), 'ACTIVE'
          from approval_policy_stages ps
          join approval_role_master deputy on deputy.config_version_id = ps.config_version_id and deputy.role_code = 'RTH'
          join place p on p.role_id = deputy.id and p.scope_code = 'RAN' and p.rank = 3
          where ps.assignment_mode in ('STATIC_USER', 'RULE')
        ), chosen as (
          select policy_stage_id, cluster_code, array_agg(user_id order by rank) filter (where status = 'ACTIVE') as users
          from candidate group by 1, 2
        )
        select ps.policy_id, c.cluster_code, ps.stage_number as step, ps.sequence_order, ps.parallel_group, ps.is_required,
          ps.sla_hours, ps.role_id, role.role_code, ps.assignment_mode, c.users[1] as approver_id, c.users[2] as deputy_id,
          row_number() over same as member, count(*) over (partition by ps.policy_id, c.cluster_code, ps.stage_number) as members
        from chosen c
        join approval_policy_stages ps on ps.id = c.policy_stage_id
        join approval_role_master role on role.id = ps.role_id
        window same as (partition by ps.policy_id, c.cluster_code, ps.stage_number order by role.hierarchy_order)`,
    },
    {
      table: 'seed_snapshot',
      sql: `
        create temp table seed_snapshot on commit drop as
        select policy_id, cluster_code, jsonb_build_object('clusterCode', cluster_code, 'stages', jsonb_agg(
          jsonb_build_object('stageNumber', step, 'roleCode', role_code, 'mode', assignment_mode, 'approverId', approver_id)
          order by step, member)) as snapshot
        from seed_seat group by 1, 2`,
    },
  ];
}

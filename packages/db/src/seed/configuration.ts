import {
  clusterCount,
  seedPolicies,
  seedRegions,
  seedRoles,
  seedScopes,
  seedVendors,
  staticApprovers,
} from './catalogue.ts';
import { expressionsOf, valuesOf } from './expressions.ts';
import type { SeedPlan, SeedStatement } from './seed-plan.ts';

/** Versions 1, 2 and 3 of each workspace's approval matrix with all their rows, still as DRAFTs. */
export function configuration(plan: SeedPlan): SeedStatement[] {
  return [...versions(plan), ...masters(plan), ...policies(plan), ...clusters(plan)];
}

function versions(plan: SeedPlan): SeedStatement[] {
  const { id, checksum } = expressionsOf(plan);
  const ages = valuesOf([
    [1, 380, 'VALID'],
    [2, 95, 'WARNINGS'],
    [3, 2, 'WARNINGS'],
  ]);
  const key = "w.workspace_no || ':' || version_number";
  return [
    {
      table: 'seed_version',
      sql: `
        create temp table seed_version on commit drop as
        select w.workspace_no, w.id as workspace_id, version_number, validation_status, imported_at,
          ${id('version', key, 'imported_at')} as id, ${checksum(key)} as checksum
        from seed_workspace w cross join ${ages} age (version_number, days, validation_status)
        cross join lateral (select ${plan.until} - interval '1 day' * days as imported_at) t`,
    },
    {
      table: 'config_versions',
      sql: `
        insert into config_versions (id, workspace_id, source_type, version_number, source_file_name, source_file_type,
          source_checksum, validation_status, validation_result, imported_by_id, imported_at, created_at, updated_at)
        select v.id, v.workspace_id, 'APPROVAL_MATRIX', version_number,
          'approval-matrix-' || to_char(imported_at, 'YYYY-MM') || '.xlsx',
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', checksum, validation_status,
          jsonb_build_object('errors', '[]'::jsonb, 'warnings', case validation_status when 'WARNINGS' then
            '[{"sheet": "RAN_MW", "row": 17, "column": "M-Sequence", "value": "", "reason": "is empty"}]' else '[]' end::jsonb),
          u.id, imported_at, imported_at, imported_at
        from seed_version v join seed_user u on u.workspace_no = v.workspace_no and u.user_no = 1`,
    },
  ];
}

function masters(plan: SeedPlan): SeedStatement[] {
  const { id } = expressionsOf(plan);
  const scopes = valuesOf(
    seedScopes.map(([code, name, group, category, byCluster]) => [code, name, group, category, byCluster]),
  );
  const key = "v.id || ':' || code";
  const row = 'v.workspace_id, v.id, code, name';
  return [
    {
      table: 'atp_scope_master',
      sql: `
        insert into atp_scope_master (id, workspace_id, config_version_id, scope_code, scope_name, scope_group,
          atp_category, atp_type, requires_cluster, created_at)
        select ${id('scope', key, 'imported_at')}, ${row}, scope_group, category, category, requires_cluster, imported_at
        from seed_version v cross join ${scopes} s (code, name, scope_group, category, requires_cluster)`,
    },
    {
      table: 'vendor_master',
      sql: `
        insert into vendor_master (id, workspace_id, config_version_id, vendor_code, vendor_name, vendor_type, contact_email, created_at)
        select ${id('vendor', key, 'imported_at')}, ${row}, type, 'atp@' || lower(code) || '.example', imported_at
        from seed_version v cross join ${valuesOf(seedVendors)} s (code, name, type)`,
    },
    {
      table: 'approval_role_master',
      sql: `
        insert into approval_role_master (id, workspace_id, config_version_id, role_code, role_name, hierarchy_order,
          stage_group, is_final_approver, can_approve_parallel, created_at)
        select ${id('role', key, 'imported_at')}, ${row}, hierarchy_order, stage_group, is_final, is_parallel, imported_at
        from seed_version v
        cross join ${valuesOf(seedRoles)} s (code, name, hierarchy_order, stage_group, is_final, is_parallel)`,
    },
  ];
}

function policies(plan: SeedPlan): SeedStatement[] {
  const { id } = expressionsOf(plan);
  const policyId = (code: string) => id('policy', `v.id || ':' || ${code}`, 'v.imported_at');
  return [
    {
      table: 'approval_policy_master',
      sql: `
        insert into approval_policy_master (id, workspace_id, config_version_id, policy_code, policy_name, scope_id,
          vendor_id, atp_category, fallback_priority, parent_policy_id, created_at)
        select ${policyId('code')}, v.workspace_id, v.id, code, initcap(replace(code, '_', ' ')), s.id, vendor.id, category,
          priority, case when parent is not null then ${policyId('parent')} end, v.imported_at
        from seed_version v
        cross join ${valuesOf(seedPolicies)} p (code, scope_code, vendor_code, category, priority, parent)
        join atp_scope_master s on s.config_version_id = v.id and s.scope_code = p.scope_code
        left join vendor_master vendor on vendor.config_version_id = v.id and vendor.vendor_code = p.vendor_code`,
    },
    {
      table: 'approval_policy_stages',
      sql: `
        insert into approval_policy_stages (id, workspace_id, config_version_id, policy_id, role_id, stage_number,
          sequence_order, parallel_group, is_required, sla_hours, assignment_mode, static_user_id, assignment_rule, created_at)
        select ${id('policy stage', "p.id || ':' || role.role_code", 'v.imported_at')}, v.workspace_id, v.id, p.id, role.id,
          c.step, c.step, case when c.members > 1 then 1 end, not (c.role_code = 'PMO' and c.members = 1),
          case when c.is_last then 24 else 48 end, c.mode,
          case c.mode when 'STATIC_USER' then head.id end,
          case c.mode when 'RULE' then jsonb_build_object('default', team.id) end, v.imported_at
        from seed_version v
        join approval_policy_master p on p.config_version_id = v.id
        join atp_scope_master s on s.id = p.scope_id
        join ${chains()} c (scope_code, step, members, role_code, is_last, mode) on c.scope_code = s.scope_code
        join approval_role_master role on role.config_version_id = v.id and role.role_code = c.role_code
        join seed_user head on head.workspace_no = v.workspace_no and head.user_no = ${staticApprovers.nocHead}
        join seed_user team on team.workspace_no = v.workspace_no and team.user_no = ${staticApprovers.configTeam}`,
    },
  ];
}

/** Every approval of every scope: scope, stage, how many approve it together, role, is it the last, who is asked. */
function chains(): string {
  return valuesOf(
    seedScopes.flatMap(([code, , , , byCluster, , chain]) =>
      chain.flatMap((roles, index) =>
        roles.map((role) => {
          const mode = seatModes[role] ?? (byCluster ? 'CLUSTER' : 'AUTO');
          return [code, index + 1, roles.length, role, index + 1 === chain.length, mode];
        }),
      ),
    ),
  );
}

const seatModes: Readonly<Record<string, string>> = { NOC_HEAD: 'STATIC_USER', CONFIG_TEAM: 'RULE' };

function clusters(plan: SeedPlan): SeedStatement[] {
  const { id, pick } = expressionsOf(plan);
  const { first, count } = staticApprovers.roster;
  const regions = `(array[${seedRegions.map((region) => `'${region}'`).join(', ')}])`;
  const sheets = valuesOf(seedScopes.map(([code, , , , , sheet], index) => [code, sheet, index]));
  const seat =
    'right(c.cluster_code, 3)::int * 11 + role.hierarchy_order * 17 + sheet.number * 3 + v.version_number';
  return [
    {
      table: 'cluster_master',
      sql: `
        insert into cluster_master (id, workspace_id, config_version_id, scope_id, cluster_code, cluster_name, region,
          province, city, m_sequence, site_count, source_sheet, source_row, created_at)
        select ${id('cluster', "s.id || ':' || n", 'v.imported_at')}, v.workspace_id, v.id, s.id, 'CL-' || lpad(n::text, 3, '0'),
          'Cluster ' || n, ${regions}[1 + n % ${seedRegions.length}], 'Province ' || n / 4, 'City ' || n, 'M' || 1 + n % 4,
          ${pick('n', 'cluster sites', 60)}, sheet.sheet, 5 + n, v.imported_at
        from seed_version v
        join atp_scope_master s on s.config_version_id = v.id and s.requires_cluster
        join ${sheets} sheet (scope_code, sheet, number) on sheet.scope_code = s.scope_code
        cross join generate_series(0, ${clusterCount - 1}) n`,
    },
    {
      table: 'cluster_approver_master',
      sql: `
        insert into cluster_approver_master (id, workspace_id, config_version_id, cluster_id, role_id, user_id, rank,
          effective_from, source_sheet, source_row, source_column, created_at)
        select ${id('cluster approver', "c.id || ':' || role.role_code || rank", 'v.imported_at')}, v.workspace_id, v.id, c.id,
          role.id, u.id, rank, v.imported_at::date, c.source_sheet, c.source_row, role.role_name, v.imported_at
        from seed_version v
        join cluster_master c on c.config_version_id = v.id
        join atp_scope_master s on s.id = c.scope_id
        join ${sheets} sheet (scope_code, sheet, number) on sheet.scope_code = s.scope_code
        join approval_role_master role on role.config_version_id = v.id
          and role.role_code not in ('NOC_HEAD', 'CONFIG_TEAM')
        cross join generate_series(1, 3) rank
        join seed_user u on u.workspace_no = v.workspace_no and u.user_no = ${first} + (${seat} + rank) % ${count}`,
    },
  ];
}

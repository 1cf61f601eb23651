import { newId } from '@apms/db';
import type { AssignmentMode, AtpCategory } from '@apms/validators';
import type { PoolClient } from 'pg';
import type { TestApi } from './start-api.ts';

/** A stage of a policy; by default decided by the roster of the cluster. */
export interface RoutedStageSpec {
  readonly stage: number;
  readonly role: string;
  readonly group?: number;
  readonly required?: boolean;
  readonly mode?: AssignmentMode;
  readonly staticUser?: string;
  readonly rule?: object;
  readonly slaHours?: number;
}

export interface PolicySpec {
  readonly scope: string;
  readonly vendor?: string;
  readonly category?: AtpCategory;
  readonly priority?: number;
  readonly stages: readonly RoutedStageSpec[];
}

/** Who sits in a seat, the primary first; in effect for the days given. */
export interface RosterSpec {
  readonly scope: string;
  readonly cluster: string;
  readonly role: string;
  readonly users: readonly string[];
  readonly from?: string;
  readonly to?: string;
}

export interface RoutingSpec {
  readonly policies: readonly PolicySpec[];
  readonly roster: readonly RosterSpec[];
  /** Scopes whose sites need no cluster. */
  readonly withoutCluster?: readonly string[];
  /** The region of every cluster. */
  readonly region?: string;
}

/** Inserts and activates a version with exactly these policies and rosters; gives its id. */
export async function activateRouting(
  { database, workspace }: Pick<TestApi, 'database' | 'workspace'>,
  spec: RoutingSpec,
): Promise<string> {
  const client = await database.pool.connect();
  try {
    await client.query('begin');
    const versionId = await insertVersion(client, workspace.id, workspace.people.CONFIG_MANAGER.userId);
    const run = (sql: string, ...rows: unknown[]) =>
      client.query(sql, [workspace.id, versionId, ...rows.map((row) => JSON.stringify(row))]);
    const distinct = (values: readonly string[]) => [...new Set(values)];
    const { policies, roster, withoutCluster = [], region = 'NORTH' } = spec;
    const roles = distinct([
      ...policies.flatMap(({ stages }) => stages.map(({ role }) => role)),
      ...roster.map(({ role }) => role),
    ]);
    await run(
      `insert into atp_scope_master (id, workspace_id, config_version_id, scope_code, scope_name, scope_group, requires_cluster)
       select $2 || 's' || code, $1::uuid, $2, code, code, 'OTHER', not $4::jsonb ? code
       from jsonb_array_elements_text($3::jsonb) code`,
      distinct(policies.map(({ scope }) => scope)),
      withoutCluster,
    );
    await run(
      `insert into vendor_master (id, workspace_id, config_version_id, vendor_code, vendor_name)
       select $2 || 'v' || code, $1::uuid, $2, code, code from jsonb_array_elements_text($3::jsonb) code`,
      distinct(policies.flatMap(({ vendor }) => vendor ?? [])),
    );
    await run(
      `insert into approval_role_master (id, workspace_id, config_version_id, role_code, role_name, hierarchy_order, stage_group)
       select $2 || 'r' || code, $1::uuid, $2, code, 'Seat ' || code, position, 'REVIEW'
       from jsonb_array_elements_text($3::jsonb) with ordinality seat (code, position)`,
      roles,
    );
    await run(
      `insert into approval_policy_master (id, workspace_id, config_version_id, policy_code, policy_name, scope_id,
         vendor_id, atp_category, fallback_priority)
       select $2 || 'p' || n, $1::uuid, $2, 'P-' || n, 'Policy ' || n, $2 || 's' || (p ->> 'scope'),
              $2 || 'v' || (p ->> 'vendor'), coalesce(p ->> 'category', 'BOTH'), coalesce((p ->> 'priority')::int, 100)
       from jsonb_array_elements($3::jsonb) with ordinality given (p, n)`,
      policies,
    );
    await run(
      `insert into approval_policy_stages (id, workspace_id, config_version_id, policy_id, role_id, stage_number,
         sequence_order, parallel_group, is_required, sla_hours, assignment_mode, static_user_id, assignment_rule)
       select $2 || 'ps' || n || ':' || place, $1::uuid, $2, $2 || 'p' || n, $2 || 'r' || (s ->> 'role'), (s ->> 'stage')::int, place,
              (s ->> 'group')::int, coalesce((s ->> 'required')::bool, true), coalesce((s ->> 'slaHours')::int, 48),
              coalesce(s ->> 'mode', 'CLUSTER'), s ->> 'staticUser', s -> 'rule'
       from jsonb_array_elements($3::jsonb) with ordinality given (p, n)
       cross join jsonb_array_elements(p -> 'stages') with ordinality chain (s, place)`,
      policies,
    );
    await run(
      `insert into cluster_master (id, workspace_id, config_version_id, scope_id, cluster_code, region)
       select distinct on (r ->> 'scope', r ->> 'cluster')
              $2 || 'c' || (r ->> 'scope') || (r ->> 'cluster'), $1::uuid, $2, $2 || 's' || (r ->> 'scope'), r ->> 'cluster', $4::jsonb #>> '{}'
       from jsonb_array_elements($3::jsonb) r`,
      roster,
      region,
    );
    await run(
      `insert into cluster_approver_master (id, workspace_id, config_version_id, cluster_id, role_id, user_id, rank,
         effective_from, effective_to)
       select $2 || 'ca' || n || ':' || rank, $1::uuid, $2, $2 || 'c' || (r ->> 'scope') || (r ->> 'cluster'),
              $2 || 'r' || (r ->> 'role'), person, rank, (r ->> 'from')::date, (r ->> 'to')::date
       from jsonb_array_elements($3::jsonb) with ordinality given (r, n)
       cross join jsonb_array_elements_text(r -> 'users') with ordinality people (person, rank)`,
      roster,
    );
    await activate(client, workspace.id, versionId);
    await client.query('commit');
    return versionId;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

async function insertVersion(client: PoolClient, workspaceId: string, importedById: string): Promise<string> {
  const versionId = newId();
  await client.query(
    `insert into config_versions (id, workspace_id, source_type, version_number, source_file_name, source_file_type,
       source_checksum, validation_status, imported_by_id)
     select $1, $2::uuid, 'APPROVAL_MATRIX', coalesce(max(version_number), 0) + 1, 'routing.xlsx', 'XLSX',
            md5($1) || md5($1), 'VALID', $3
     from config_versions where workspace_id = $2::uuid`,
    [versionId, workspaceId, importedById],
  );
  return versionId;
}

async function activate(client: PoolClient, workspaceId: string, versionId: string): Promise<void> {
  await client.query(
    `update config_versions set status = 'SUPERSEDED', superseded_by_id = $2, superseded_at = now()
     where workspace_id = $1::uuid and status = 'ACTIVE'`,
    [workspaceId, versionId],
  );
  await client.query(
    `update config_versions set status = 'ACTIVE', activated_at = now(), activated_by_id = imported_by_id where id = $1`,
    [versionId],
  );
}

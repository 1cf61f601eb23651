import { newId } from '@apms/db';
import type { PoolClient } from 'pg';
import type { TestApi, TestPerson, TestWorkspace } from './start-api.ts';

/** Stage after stage, the seats that decide it; several together are a parallel group. */
export type Chain = readonly (readonly string[])[];

export interface ConfigurationOptions {
  /** Who sits in each seat of the cluster, the primary first. */
  readonly roster: Readonly<Record<string, readonly TestPerson[]>>;
  /** The chain of each scope, for any vendor and category; {@link defaultChains} when absent. */
  readonly chains?: Readonly<Record<string, Chain>>;
  readonly vendorCodes?: readonly string[];
  /** Seats without which a chain goes on. */
  readonly optionalSeats?: readonly string[];
  readonly clusterCode?: string;
}

/** RAN is decided by three one after another; in MW two sit beside each other at the second stage. */
export const defaultChains = {
  RAN: [['RTS'], ['RTH'], ['NOC_HEAD']],
  MW: [['RTS'], ['RTH', 'PMO'], ['NOC_HEAD']],
} as const satisfies Readonly<Record<string, Chain>>;

export interface TestConfiguration {
  readonly versionId: string;
  readonly versionNumber: number;
}

/** Where a version is inserted, and in whose name. */
export interface ConfiguredWorkspace extends Pick<TestApi, 'database'> {
  readonly workspace: {
    readonly id: string;
    readonly people: Readonly<Record<'CONFIG_MANAGER', TestPerson>>;
  };
}

/** Inserts a version by SQL and activates it; one that was ACTIVE is superseded by it. */
export async function activateConfiguration(
  { database, workspace }: ConfiguredWorkspace,
  options: ConfigurationOptions,
): Promise<TestConfiguration> {
  const { roster, chains = defaultChains, vendorCodes = ['V-1', 'V-2'] } = options;
  const { optionalSeats = [], clusterCode = 'CL-1' } = options;
  const client = await database.pool.connect();
  try {
    await client.query('begin');
    const version = await insertVersion(client, workspace.id, workspace.people.CONFIG_MANAGER.userId);
    const insert = (sql: string, ...values: unknown[]) =>
      client.query(sql, [workspace.id, version.versionId, ...values]);
    await insert(
      `insert into vendor_master (id, workspace_id, config_version_id, vendor_code, vendor_name)
       select $2 || ':v:' || code, $1::uuid, $2, code, 'Vendor ' || code from unnest($3::text[]) code`,
      vendorCodes,
    );
    await insert(
      `insert into atp_scope_master (id, workspace_id, config_version_id, scope_code, scope_name, scope_group)
       select $2 || ':s:' || code, $1::uuid, $2, code, 'Scope ' || code, 'OTHER' from unnest($3::text[]) code`,
      Object.keys(chains),
    );
    await insert(
      `insert into approval_role_master (id, workspace_id, config_version_id, role_code, role_name, hierarchy_order,
         stage_group)
       select $2 || ':r:' || code, $1::uuid, $2, code, 'Seat ' || code, position, 'REVIEW'
       from unnest($3::text[]) with ordinality seat (code, position)`,
      [...new Set([...Object.values(chains).flat(2), ...Object.keys(roster)])],
    );
    await insert(
      `insert into approval_policy_master (id, workspace_id, config_version_id, policy_code, policy_name, scope_id,
         atp_category)
       select $2 || ':p:' || code, $1::uuid, $2, code, 'Policy ' || code, $2 || ':s:' || code, 'BOTH'
       from unnest($3::text[]) code`,
      Object.keys(chains),
    );
    await insert(
      `insert into approval_policy_stages (id, workspace_id, config_version_id, policy_id, role_id, stage_number,
         sequence_order, parallel_group, is_required)
       select $2 || ':ps:' || scope || stage || role, $1::uuid, $2, $2 || ':p:' || scope, $2 || ':r:' || role, stage,
              sequence, "group", role <> all ($4::text[])
       from jsonb_to_recordset($3::jsonb) seat (scope text, role text, stage int, sequence int, "group" int)`,
      JSON.stringify(Object.entries(chains).flatMap(([scope, chain]) => seatsOf(scope, chain))),
      optionalSeats,
    );
    await insert(
      `insert into cluster_master (id, workspace_id, config_version_id, scope_id, cluster_code, region)
       select $2 || ':c:' || scope, $1::uuid, $2, $2 || ':s:' || scope, $4, 'NORTH' from unnest($3::text[]) scope`,
      Object.keys(chains),
      clusterCode,
    );
    await insert(
      `insert into cluster_approver_master (id, workspace_id, config_version_id, cluster_id, role_id, user_id, rank)
       select $2 || ':ca:' || scope || role || rank, $1::uuid, $2, $2 || ':c:' || scope, $2 || ':r:' || role, person, rank
       from unnest($3::text[]) scope
       cross join jsonb_to_recordset($4::jsonb) seat (role text, person text, rank int)`,
      Object.keys(chains),
      JSON.stringify(
        Object.entries(roster).flatMap(([role, people]) =>
          people.map(({ userId }, index) => ({ role, person: userId, rank: index + 1 })),
        ),
      ),
    );
    await activate(client, workspace.id, version.versionId);
    await client.query('commit');
    return version;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

function seatsOf(scope: string, chain: Chain) {
  return chain.flatMap((roles, stage) =>
    roles.map((role, place) => ({
      scope,
      role,
      stage: stage + 1,
      sequence: chain.slice(0, stage).flat().length + place + 1,
      group: roles.length > 1 ? 1 : null,
    })),
  );
}

async function insertVersion(
  client: PoolClient,
  workspaceId: string,
  importedById: string,
): Promise<TestConfiguration> {
  const versionId = newId();
  const { rows } = await client.query<{ versionNumber: number }>(
    `insert into config_versions (id, workspace_id, source_type, version_number, source_file_name, source_file_type,
       source_checksum, validation_status, previous_version_id, imported_by_id)
     select $1, $2::uuid, 'APPROVAL_MATRIX', coalesce(max(version_number), 0) + 1, 'test.xlsx', 'XLSX',
            md5($1) || md5($1), 'VALID', max(id) filter (where status = 'ACTIVE'), $3
     from config_versions where workspace_id = $2::uuid
     returning version_number as "versionNumber"`,
    [versionId, workspaceId, importedById],
  );
  return { versionId, versionNumber: rows[0]?.versionNumber ?? 1 };
}

async function activate(client: PoolClient, workspaceId: string, versionId: string): Promise<void> {
  await client.query(
    `update config_versions set status = 'SUPERSEDED', superseded_by_id = $2, superseded_at = now()
     where workspace_id = $1::uuid and source_type = 'APPROVAL_MATRIX' and status = 'ACTIVE'`,
    [workspaceId, versionId],
  );
  await client.query(
    `update config_versions set status = 'ACTIVE', activated_at = now(), activated_by_id = imported_by_id where id = $1`,
    [versionId],
  );
}

/** Sites of a cluster, in the order of their codes. */
export async function insertSites(
  { database, workspace }: Pick<TestApi, 'database'> & { readonly workspace: Pick<TestWorkspace, 'id'> },
  count: number,
  clusterCode = 'CL-1',
): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  await database.pool.query(
    `insert into sites (id, workspace_id, site_code, name, region, cluster_code)
     select id, $1::uuid, 'S-' || id, 'Site ' || id, 'NORTH', $3 from unnest($2::text[]) id`,
    [workspace.id, ids, clusterCode],
  );
  return ids;
}

/** The row of an uploaded document, without its bytes. */
export async function insertDocument({
  database,
  workspace,
}: Pick<TestApi, 'database' | 'workspace'>): Promise<string> {
  const id = newId();
  await database.pool.query(
    `insert into documents (id, workspace_id, name, media_type, size_bytes, sha256, storage_key, uploaded_by_id)
     values ($1, $2::uuid, 'report.pdf', 'application/pdf', 1000, md5($1) || md5($1), $1, $3)`,
    [id, workspace.id, workspace.people.VENDOR.userId],
  );
  return id;
}

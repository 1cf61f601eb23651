import { newId, type SqlTransaction } from '@apms/db';
import type { ConfigRowKind, ConfigurationRows, PolicyRow } from '@apms/validators';
import { type RowTarget, rowInserts } from './row-inserts.ts';

/** Rows of one statement: enough to be quick, few enough to tell how far it is. */
const CHUNK_ROWS = 4_000;

export interface RowInsertOptions {
  /** Ids of the people, by e-mail address as the rows write it. */
  readonly userIds: Promise<ReadonlyMap<string, string>>;
  readonly onRows: (rowsDone: number, rowsTotal: number) => void;
}

/**
 * Inserts everything that a version holds. The statements go out without waiting for each other; codes become ids here,
 * so that no statement looks anything up.
 */
export async function insertRows(
  tx: SqlTransaction,
  target: RowTarget,
  rows: ConfigurationRows,
  { userIds, onRows }: RowInsertOptions,
): Promise<void> {
  const { scopes, vendors, roles, policies, clusters, approvers } = rows;
  const stageCount = policies.reduce((sum, { stages }) => sum + stages.length, 0);
  const rowsTotal =
    scopes.length +
    vendors.length +
    roles.length +
    policies.length +
    stageCount +
    clusters.length +
    approvers.length;
  let rowsDone = 0;

  async function insert(
    kind: ConfigRowKind,
    records: readonly object[],
    chunkRows = CHUNK_ROWS,
  ): Promise<void> {
    const chunks = Array.from({ length: Math.ceil(records.length / chunkRows) }, (_, index) =>
      records.slice(index * chunkRows, (index + 1) * chunkRows),
    );
    await Promise.all(
      chunks.map(async (chunk) => {
        await tx.query(rowInserts[kind](target, JSON.stringify(chunk)));
        rowsDone += chunk.length;
        onRows(rowsDone, rowsTotal);
      }),
    );
  }

  const scopeIds = idsOf(scopes, ({ scopeCode }) => scopeCode);
  const vendorIds = idsOf(vendors, ({ vendorCode }) => vendorCode);
  const roleIds = idsOf(roles, ({ roleCode }) => roleCode);
  const policyIds = idsOf(policies, policyKey);
  /** Codes of policies need not be unique: a parent is the first of its code. */
  const policiesByCode = new Map(policies.toReversed().map((row) => [row.policyCode, row]));
  const parentId = ({ parentPolicyCode }: PolicyRow): string | null => {
    const parent = parentPolicyCode === undefined ? undefined : policiesByCode.get(parentPolicyCode);
    return parent === undefined ? null : policyIds(policyKey(parent));
  };
  const clusterIds = idsOf(clusters, clusterKey);
  // In the order of their keys: what is referred to goes out before what refers to it.
  await Promise.all([
    insert(
      'scopes',
      scopes.map((row) => ({
        id: scopeIds(row.scopeCode),
        scope_code: row.scopeCode,
        scope_name: row.scopeName,
        scope_group: row.scopeGroup,
        atp_category: row.atpCategory,
        atp_type: row.atpType,
        requires_cluster: row.requiresCluster,
        is_active: row.isActive ?? true,
      })),
    ),
    insert(
      'vendors',
      vendors.map((row) => ({
        id: vendorIds(row.vendorCode),
        vendor_code: row.vendorCode,
        vendor_name: row.vendorName,
        vendor_type: row.vendorType,
        contact_email: row.contactEmail ?? null,
        is_active: row.isActive ?? true,
      })),
    ),
    insert(
      'roles',
      roles.map((row) => ({
        id: roleIds(row.roleCode),
        role_code: row.roleCode,
        role_name: row.roleName,
        hierarchy_order: row.hierarchyOrder,
        stage_group: row.stageGroup,
        is_final_approver: row.isFinalApprover,
        can_approve_parallel: row.canApproveParallel,
      })),
    ),
    insert(
      'policies',
      policies.map((row) => ({
        id: policyIds(policyKey(row)),
        policy_code: row.policyCode,
        policy_name: row.policyName,
        scope_id: scopeIds(row.scopeCode),
        vendor_id: row.vendorCode === null ? null : vendorIds(row.vendorCode),
        atp_category: row.atpCategory,
        fallback_priority: row.fallbackPriority,
        parent_policy_id: parentId(row),
        is_active: row.isActive ?? true,
      })),
      // A parent may stand below.
      policies.length,
    ),
    insert(
      'clusters',
      clusters.map((row) => ({
        id: clusterIds(clusterKey(row)),
        scope_id: scopeIds(row.scopeCode),
        cluster_code: row.clusterCode,
        cluster_name: row.clusterName,
        region: row.region,
        province: row.province,
        city: row.city,
        m_sequence: row.mSequence,
        site_count: row.siteCount,
        source_sheet: row.sourceSheet,
        source_row: row.sourceRow,
      })),
    ),
    withPeople(),
  ]);

  async function withPeople(): Promise<void> {
    const people = await userIds;
    const userId = (email: string) => found(people, email);
    const stages = policies.flatMap((policy) =>
      policy.stages.map((row) => ({
        id: newId(),
        policy_id: policyIds(policyKey(policy)),
        role_id: roleIds(row.roleCode),
        stage_number: row.stageNumber,
        sequence_order: row.sequenceOrder,
        parallel_group: row.parallelGroup,
        is_required: row.isRequired,
        sla_hours: row.slaHours,
        assignment_mode: row.assignmentMode,
        static_user_id: row.staticUserEmail === null ? null : userId(row.staticUserEmail),
        assignment_rule: row.assignmentRule,
      })),
    );
    const seats = approvers.map((row) => ({
      id: newId(),
      cluster_id: clusterIds(clusterKey(row)),
      role_id: roleIds(row.roleCode),
      user_id: userId(row.email),
      rank: row.rank,
      effective_from: row.effectiveFrom ?? null,
      effective_to: row.effectiveTo ?? null,
      source_sheet: row.sourceSheet,
      source_row: row.sourceRow,
      source_column: row.sourceColumn,
    }));
    await Promise.all([insert('stages', stages), insert('approvers', seats)]);
  }
}

const policyKey = (row: { scopeCode: string; vendorCode: string | null; atpCategory: string }): string =>
  JSON.stringify([row.scopeCode, row.vendorCode, row.atpCategory]);
const clusterKey = (row: { scopeCode: string; clusterCode: string }): string =>
  JSON.stringify([row.scopeCode, row.clusterCode]);

/** Gives each row an id, to be had by its natural key. */
function idsOf<Row>(rows: readonly Row[], keyOf: (row: Row) => string): (key: string) => string {
  const ids = new Map(rows.map((row) => [keyOf(row), newId()]));
  return (key) => found(ids, key);
}

function found(ids: ReadonlyMap<string, string>, key: string): string {
  const id = ids.get(key);
  if (id === undefined) throw new RangeError(`The rows name ${key}, which is none of them`);
  return id;
}

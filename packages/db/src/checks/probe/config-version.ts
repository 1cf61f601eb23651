import { fill, type Probe } from './probe.ts';

/** A config version of a probe; the ids of its rows begin with `<prefix>:<number>`. */
export interface ProbeVersion {
  readonly probe: Probe;
  readonly number: number;
  /** The version that was ACTIVE when this one was imported. */
  readonly predecessor?: ProbeVersion;
  readonly isRollback?: boolean;
}

/** The configuration tables whose rows belong to one version, with a change that makes a copied row another one. */
export const configRowTables: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  atp_scope_master: { scope_code: 'COPY' },
  vendor_master: { vendor_code: 'COPY' },
  approval_role_master: { role_code: 'COPY' },
  approval_policy_master: { atp_category: 'SOFTWARE' },
  approval_policy_stages: { stage_number: 9 },
  cluster_master: { cluster_code: 'COPY' },
  cluster_approver_master: { rank: 9 },
};

/**
 * Id of a version's row; each table of {@link configRowTables} has besides the first row, which others refer
 * to, a spare one that nothing refers to.
 */
export function versionRowId({ probe, number }: ProbeVersion, row: string): string {
  return number === 1 ? `${probe.prefix}:${row}` : `${probe.prefix}:${number}:${row}`;
}

/** SQL that imports a DRAFT with scopes, vendors, seats, three policies, a chain of two and a roster. */
export function draftVersionSql(version: ProbeVersion): string {
  const { probe, number, predecessor, isRollback = false } = version;
  return fill(probe, draftSql, {
    v: versionRowId(version, ''),
    n: number,
    previous: predecessor ? `'${versionRowId(predecessor, 'config_versions')}'` : 'null',
    rollback: String(isRollback),
  });
}

/** SQL that activates a version and supersedes its predecessor, linked both ways. */
export function activateVersionSql(version: ProbeVersion): string {
  const { probe, predecessor } = version;
  const ids = {
    id: versionRowId(version, 'config_versions'),
    previous: predecessor ? versionRowId(predecessor, 'config_versions') : '',
  };
  return fill(probe, (predecessor ? supersedeSql : '') + activateSql, ids);
}

const supersedeSql = `
  update config_versions set status = 'SUPERSEDED', superseded_by_id = '{id}', superseded_at = now()
    where id = '{previous}';`;

const activateSql = `
  update config_versions set status = 'ACTIVE', activated_by_id = '{p}:users', activated_at = now()
    where id = '{id}';`;

const draftSql = `
  insert into config_versions (id, workspace_id, source_type, version_number, source_file_name, source_file_type,
      source_checksum, validation_status, previous_version_id, is_rollback, imported_by_id)
    values ('{v}config_versions', '{w}', 'APPROVAL_MATRIX', {n}, 'probe.xlsx', 'XLSX',
      repeat(md5('{v}'), 2), 'VALID', {previous}, {rollback}, '{p}:users');
  insert into atp_scope_master (id, workspace_id, config_version_id, scope_code, scope_name, scope_group)
    values ('{v}atp_scope_master', '{w}', '{v}config_versions', 'PROBE', 'Probe', 'RAN'),
      ('{v}atp_scope_master:spare', '{w}', '{v}config_versions', 'SPARE', 'Without a policy', 'OTHER');
  insert into vendor_master (id, workspace_id, config_version_id, vendor_code, vendor_name)
    values ('{v}vendor_master', '{w}', '{v}config_versions', 'PROBE', 'Probe'),
      ('{v}vendor_master:spare', '{w}', '{v}config_versions', 'SPARE', 'Without a policy of its own');
  insert into approval_role_master (id, workspace_id, config_version_id, role_code, role_name, hierarchy_order,
      stage_group, is_final_approver)
    values ('{v}approval_role_master', '{w}', '{v}config_versions', 'FIRST', 'First', 1, 'REVIEW', false),
      ('{v}role-final', '{w}', '{v}config_versions', 'FINAL', 'Final', 2, 'FINAL', true),
      ('{v}approval_role_master:spare', '{w}', '{v}config_versions', 'SPARE', 'Spare', 3, 'SIGN', false);
  insert into approval_policy_master (id, workspace_id, config_version_id, policy_code, policy_name, scope_id,
      vendor_id, atp_category, fallback_priority)
    values ('{v}approval_policy_master', '{w}', '{v}config_versions', 'VENDOR', 'Of the vendor',
        '{v}atp_scope_master', '{v}vendor_master', 'HARDWARE', 300),
      ('{v}approval_policy_master:spare', '{w}', '{v}config_versions', 'ANY', 'Of any vendor',
        '{v}atp_scope_master', null, 'HARDWARE', 200),
      ('{v}policy-both', '{w}', '{v}config_versions', 'BOTH', 'Of any vendor and category',
        '{v}atp_scope_master', null, 'BOTH', 100);
  insert into approval_policy_stages (id, workspace_id, config_version_id, policy_id, role_id, stage_number,
      sequence_order)
    values ('{v}approval_policy_stages', '{w}', '{v}config_versions', '{v}approval_policy_master',
        '{v}approval_role_master', 1, 1),
      ('{v}approval_policy_stages:spare', '{w}', '{v}config_versions', '{v}approval_policy_master',
        '{v}role-final', 2, 2);
  insert into cluster_master (id, workspace_id, config_version_id, scope_id, cluster_code)
    values ('{v}cluster_master', '{w}', '{v}config_versions', '{v}atp_scope_master', 'PROBE'),
      ('{v}cluster_master:spare', '{w}', '{v}config_versions', '{v}atp_scope_master', 'SPARE');
  insert into cluster_approver_master (id, workspace_id, config_version_id, cluster_id, role_id, user_id, rank)
    values ('{v}cluster_approver_master', '{w}', '{v}config_versions', '{v}cluster_master',
        '{v}approval_role_master', '{p}:approver', 1),
      ('{v}cluster_approver_master:spare', '{w}', '{v}config_versions', '{v}cluster_master',
        '{v}role-final', '{p}:colleague', 1);`;

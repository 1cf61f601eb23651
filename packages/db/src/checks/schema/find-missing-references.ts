import type { CheckProblem, ForeignKey } from '@apms/validators';
import type { SchemaCatalog } from './read-schema-catalog.ts';

/** References whose loss the source system looked for, as `[referencing, referenced]`. */
const vitalReferences = [
  ['workflow_instances', 'config_versions'],
  ['workflow_instances', 'workspaces'],
  ['workflow_stages', 'workflow_instances'],
  ['atp_submissions', 'workflow_instances'],
  ['config_versions', 'workspaces'],
  ['atp_scope_master', 'workspaces'],
  ['punchlists', 'workflow_instances'],
  ['approval_policy_master', 'workspaces'],
] as const;

/** Parts of a whole, which may reach their workspace and version through it. */
const partTables: ReadonlySet<string> = new Set([
  'approval_policy_stages',
  'cluster_approver_master',
  'workflow_stages',
  'atp_submission_documents',
  'punchlist_items',
  'workflow_stage_actions',
]);

/** Names the references that no foreign key guards. */
export function findMissingReferences(
  { idColumns }: SchemaCatalog,
  foreignKeys: readonly ForeignKey[],
): CheckProblem[] {
  const unbound = idColumns.filter(({ table, column }) => {
    const isInherited =
      partTables.has(table) && (column === 'workspace_id' || column === 'config_version_id');
    return !isInherited && !foreignKeys.some((key) => key.table === table && key.columns.includes(column));
  });
  const missing = vitalReferences.filter(
    ([table, referenced]) =>
      !foreignKeys.some((key) => key.table === table && key.referencedTable === referenced),
  );
  return [
    ...unbound.map(({ table, column }) => ({
      message: `${table}.${column} belongs to no foreign key`,
      table,
    })),
    ...missing.map(([table, referenced]) => ({
      message: `no foreign key from ${table} to ${referenced}`,
      table,
    })),
  ];
}

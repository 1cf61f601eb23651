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
const partTables = [
  'approval_policy_stages',
  'cluster_approver_master',
  'workflow_stages',
  'atp_submission_documents',
  'punchlist_items',
  'workflow_stage_actions',
] as const;

/** Query of the id columns that belong to no foreign key; reads `master` and `key`. */
export const unboundColumns = `
  select master.name || '.' || attname || ' belongs to no foreign key' as message, master.name as "table"
  from master join pg_attribute on attrelid = master.oid
  where attnum > 0 and not attisdropped and attname like '%\\_id'
    and not exists (select from key where conrelid = master.oid and attnum = any(conkey))
    and not (attname in ('workspace_id', 'config_version_id') and master.name = any('{${partTables.join(',')}}'))
  order by master.name, attnum`;

/** Query of the vital references that no foreign key guards; reads `key`. */
export const missingVitalReferences = `
  select format('no foreign key from %s to %s', referencing, referenced) as message, referencing as "table"
  from (values
    ${vitalReferences.map(([from, to], index) => `(${index}, '${from}', '${to}')`).join(',\n    ')}
  ) vital(position, referencing, referenced)
  where not exists (select from key where conrelid = to_regclass('public.' || referencing)
                    and confrelid = to_regclass('public.' || referenced))
  order by position`;

/** The 16 master tables, each scoped to one workspace by `workspace_id`. */
export const masterTables = [
  'config_versions',
  'atp_scope_master',
  'vendor_master',
  'approval_role_master',
  'approval_policy_master',
  'approval_policy_stages',
  'cluster_master',
  'cluster_approver_master',
  'workflow_instances',
  'workflow_stages',
  'approver_overrides',
  'atp_submissions',
  'atp_submission_documents',
  'punchlists',
  'punchlist_items',
  'workflow_stage_actions',
] as const;

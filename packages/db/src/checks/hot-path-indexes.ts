/** The indexes that the lists and lookups of every day and the scheduled scans are planned on. */
export const hotPathIndexes = [
  'idx_config_versions_workspace_id',
  'idx_approval_policy_master_lookup',
  'idx_cluster_approver_master_roster',
  'idx_approver_overrides_in_force',
  'idx_workflow_instances_status',
  'idx_workflow_instances_created_at',
  'idx_workflow_instances_running_by_version',
  'idx_workflow_stages_pending_by_approver',
  'idx_workflow_stages_sla_scan',
  'idx_workflow_stages_sla_scan_by_workspace',
  'idx_workflow_stage_actions_workflow_stage_id',
  'idx_atp_submissions_status',
  'idx_atp_submissions_qa_queue',
  'idx_punchlist_items_open',
] as const;

/** A query that the system runs all day, in the one wording that the API, the benchmark and the index report share. */
export interface HotQuery {
  readonly name: string;
  /** What the parameters `$1 …` are. */
  readonly parameters: readonly string[];
  readonly sql: string;
  /** What it may take on a target's own data. */
  readonly limitMs: number;
}

/** Stages that await one approver in one workspace, the most urgent first. */
export const pendingTasks: HotQuery = {
  name: 'pendingTasks',
  parameters: ['workspaceId', 'approverId'],
  limitMs: 100,
  sql: `
    select s.id, s.workflow_id, s.stage_number, s.sla_due_at, s.sla_breached_at, r.role_code, sc.scope_code,
           w.atp_category, si.site_code, si.name as site_name
    from workflow_stages s
    join workflow_instances w on w.id = s.workflow_id and w.workspace_id = s.workspace_id
    join approval_role_master r on r.id = s.role_id and r.workspace_id = s.workspace_id
    join atp_scope_master sc on sc.id = w.scope_id and sc.workspace_id = w.workspace_id
    join sites si on si.id = w.site_id and si.workspace_id = w.workspace_id
    where s.workspace_id = $1 and s.approver_id = $2 and s.status = 'PENDING'
    order by s.sla_due_at, s.id
    limit 50`,
};

/** Open stages whose time is up and that are not marked yet, in all workspaces. */
export const slaScan: HotQuery = {
  name: 'slaScan',
  parameters: [],
  limitMs: 200,
  sql: `
    select s.id, s.workspace_id, s.workflow_id, s.approver_id, s.sla_due_at
    from workflow_stages s
    where s.status = 'PENDING' and s.sla_breached_at is null and s.sla_due_at < now()
    order by s.sla_due_at
    limit 1000`,
};

/**
 * The policy for a scope, vendor and category in the ACTIVE version: of the vendor, else of any vendor, else of
 * any vendor and category BOTH; the lowest fallback priority among equals. No row: there is no policy.
 */
export const configLookup: HotQuery = {
  name: 'configLookup',
  parameters: ['workspaceId', 'scopeCode', 'vendorCode', 'atpCategory'],
  limitMs: 50,
  sql: `
    select p.id, p.config_version_id, p.policy_code, p.scope_id, p.vendor_id, p.atp_category
    from config_versions v
    join atp_scope_master s on s.workspace_id = v.workspace_id and s.config_version_id = v.id and s.scope_code = $2
    join approval_policy_master p on p.config_version_id = v.id and p.scope_id = s.id and p.is_active
    left join vendor_master vendor on vendor.id = p.vendor_id and vendor.workspace_id = p.workspace_id
    where v.workspace_id = $1 and v.source_type = 'APPROVAL_MATRIX' and v.status = 'ACTIVE'
      and (p.vendor_id is null or vendor.vendor_code = $3)
      and (p.atp_category = $4 or (p.vendor_id is null and p.atp_category = 'BOTH'))
    order by p.vendor_id is null, p.atp_category <> $4, p.fallback_priority, p.id
    limit 1`,
};

/** Under which configuration, and by whom, a workflow was decided: its decisions in order with the file behind them. */
export const approvalHistory: HotQuery = {
  name: 'approvalHistory',
  parameters: ['workflowId'],
  limitMs: 50,
  sql: `
    select a.id, a.created_at, a.action_type, a.comment, s.stage_number, r.role_code, u.email as actor_email,
           v.version_number, v.source_file_name, v.source_checksum, v.imported_by_id
    from workflow_stages s
    join workflow_stage_actions a on a.workflow_stage_id = s.id and a.workspace_id = s.workspace_id
    join workflow_instances w on w.id = s.workflow_id and w.workspace_id = s.workspace_id
    join config_versions v on v.id = w.config_version_id and v.workspace_id = w.workspace_id
    join approval_role_master r on r.id = s.role_id and r.workspace_id = s.workspace_id
    left join users u on u.id = a.actor_id
    where s.workflow_id = $1
    order by a.created_at, a.id`,
};

import { type ProbeVersion, versionRowId } from './config-version.ts';
import { fill } from './probe.ts';

/** SQL that starts a workflow from a version, its first stage approved with a punchlist, and one row of every runtime table. */
export function workflowSql(version: ProbeVersion): string {
  return fill(version.probe, sql, { v: versionRowId(version, '') });
}

const sql = `
  insert into workflow_instances (id, workspace_id, config_version_id, policy_id, site_id, scope_id, vendor_id,
      atp_category, current_stage_number, total_stages, routing_snapshot)
    values ('{p}:workflow_instances', '{w}', '{v}config_versions', '{v}approval_policy_master', '{p}:sites',
      '{v}atp_scope_master', '{v}vendor_master', 'HARDWARE', 2, 2, '{}');
  insert into workflow_stages (id, workspace_id, workflow_id, role_id, stage_number, sequence_order, approver_id,
      status, decision, sla_hours, opened_at, sla_due_at, decided_at)
    values ('{p}:workflow_stages', '{w}', '{p}:workflow_instances', '{v}approval_role_master', 1, 1, '{p}:approver',
        'APPROVED_WITH_PUNCHLIST', 'APPROVE_WITH_PUNCHLIST', 48, now(), now() + interval '48 hours', now()),
      ('{p}:stage-final', '{w}', '{p}:workflow_instances', '{v}role-final', 2, 2, '{p}:colleague',
        'PENDING', null, 24, now(), now() + interval '24 hours', null);
  insert into workflow_stage_actions (id, workspace_id, workflow_stage_id, action_type, actor_id, comment)
    values ('{p}:workflow_stage_actions', '{w}', '{p}:workflow_stages', 'APPROVED_WITH_PUNCHLIST', '{p}:approver',
      'One defect');
  insert into atp_submissions (id, workspace_id, submission_number, site_id, scope_id, scope_code, atp_category,
      vendor_id, status, workflow_id, submitted_by_id, submitted_at)
    values ('{p}:atp_submissions', '{w}', 'PROBE-1', '{p}:sites', '{v}atp_scope_master', 'PROBE', 'HARDWARE',
      '{v}vendor_master', 'IN_REVIEW', '{p}:workflow_instances', '{p}:users', now());
  insert into atp_submission_documents (id, workspace_id, submission_id, document_id, document_type)
    values ('{p}:atp_submission_documents', '{w}', '{p}:atp_submissions', '{p}:documents', 'ATP_FORM');
  insert into punchlists (id, workspace_id, workflow_id, workflow_stage_id, title)
    values ('{p}:punchlists', '{w}', '{p}:workflow_instances', '{p}:workflow_stages', 'Probe');
  insert into punchlist_items (id, workspace_id, punchlist_id, item_code, description, severity, raised_by_id)
    values ('{p}:punchlist_items', '{w}', '{p}:punchlists', 'P-1', 'Probe', 'MINOR', '{p}:approver');
  insert into approver_overrides (id, workspace_id, override_type, workflow_stage_id, to_user_id, reason,
      requested_by_id, effective_from)
    values ('{p}:approver_overrides', '{w}', 'STAGE', '{p}:stage-final', '{p}:approver', 'Leave', '{p}:users', now());`;

import { AssignmentMode, AtpCategory, ScopeGroup, StageGroup, VendorType } from './approval-policy.ts';
import { OverrideApprovalStatus, OverrideType } from './approver-override.ts';
import { ConfigSourceType, ConfigVersionStatus, ValidationStatus } from './config-version.ts';
import { PunchlistItemSeverity, PunchlistItemStatus, PunchlistStatus } from './punchlist.ts';
import { DocumentType, SubmissionStatus } from './submission.ts';
import { StageActionType, StageDecision, WorkflowStageStatus, WorkflowStatus } from './workflow.ts';

/**
 * The values that each column of the master tables may hold, as `table.column`.
 * The database enforces the same sets with a CHECK of its own.
 */
export const closedValueSets = {
  'config_versions.source_type': ConfigSourceType.options,
  'config_versions.status': ConfigVersionStatus.options,
  'config_versions.validation_status': ValidationStatus.options,
  'atp_scope_master.scope_group': ScopeGroup.options,
  'atp_scope_master.atp_category': AtpCategory.options,
  'atp_scope_master.atp_type': AtpCategory.options,
  'vendor_master.vendor_type': VendorType.options,
  'approval_role_master.stage_group': StageGroup.options,
  'approval_policy_master.atp_category': AtpCategory.options,
  'approval_policy_stages.assignment_mode': AssignmentMode.options,
  'workflow_instances.atp_category': AtpCategory.options,
  'workflow_instances.status': WorkflowStatus.options,
  'workflow_stages.status': WorkflowStageStatus.options,
  'workflow_stages.decision': StageDecision.options,
  'approver_overrides.override_type': OverrideType.options,
  'approver_overrides.approval_status': OverrideApprovalStatus.options,
  'atp_submissions.atp_category': AtpCategory.options,
  'atp_submissions.status': SubmissionStatus.options,
  'atp_submission_documents.document_type': DocumentType.options,
  'punchlists.status': PunchlistStatus.options,
  'punchlist_items.severity': PunchlistItemSeverity.options,
  'punchlist_items.status': PunchlistItemStatus.options,
  'workflow_stage_actions.action_type': StageActionType.options,
} as const satisfies Readonly<Record<`${string}.${string}`, readonly string[]>>;

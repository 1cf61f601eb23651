import { newId, Prisma, type SqlTransaction } from '@apms/db';
import type { ApprovalPolicyStageInput } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';

/** Makes this the whole chain of a policy; two statements, however many stages. */
export async function replaceStages(
  tx: SqlTransaction,
  { db, now }: WorkspaceContext,
  {
    configVersionId,
    approvalPolicyId,
  }: { readonly configVersionId: string; readonly approvalPolicyId: string },
  stages: readonly ApprovalPolicyStageInput[],
): Promise<void> {
  const last = stages.at(-1)?.stageNumber;
  const rows = stages.map((stage, index) => ({
    ...stage,
    id: newId(),
    sequenceOrder: index + 1,
    isLast: stage.stageNumber === last,
    // Groups are told apart within a number only, so one name is enough.
    parallelGroup:
      stages.filter(({ stageNumber }) => stageNumber === stage.stageNumber).length > 1 ? 1 : null,
  }));
  await Promise.all([
    tx.query(Prisma.sql`delete from approval_policy_stages where policy_id = ${approvalPolicyId}`),
    tx.query(Prisma.sql`
      insert into approval_policy_stages
        (id, workspace_id, config_version_id, policy_id, role_id, stage_number, sequence_order, parallel_group,
         is_required, sla_hours, assignment_mode, static_user_id, assignment_rule, created_at)
      select s.id, ${db.scope.workspaceId}::uuid, ${configVersionId}, ${approvalPolicyId}, s."roleId",
             s."stageNumber", s."sequenceOrder", s."parallelGroup", s."isRequired",
             coalesce(s."slaHours",
                      case when s."isLast" then coalesce(w.final_stage_sla_hours, 24)
                           else coalesce(w.stage_sla_hours, 48) end),
             s."assignmentMode", s."staticUserId", nullif(s."assignmentRule", 'null'), ${now}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s (
        id text, "roleId" text, "stageNumber" int, "sequenceOrder" int, "parallelGroup" int, "isRequired" bool,
        "slaHours" int, "isLast" bool, "assignmentMode" text, "staticUserId" text, "assignmentRule" jsonb)
      left join workspace_settings w on true`),
  ]);
}

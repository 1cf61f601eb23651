import { Prisma, type SqlTransaction } from '@apms/db';
import type { WorkspaceContext } from '../../context.ts';
import { settleSubmissionIn, type WorkflowOutcome } from '../submissions/settle-submission.ts';
import { approverUnderOverrides } from './approver-under-overrides.ts';
import { cancelStages } from './cancel-stages.ts';
import type { SeatedApprover } from './follow-overrides.ts';
import type { LockedStage, LockedWorkflow } from './lock-workflow.ts';
import { type Consequence, planConsequence } from './plan-consequence.ts';
import { appendStageActions, type NewStageAction } from './stage-actions.ts';

/** A stage that was decided or passed over, already with its new status, and what its log says about it. */
export interface SettledStage {
  readonly stage: LockedStage;
  readonly action: Omit<NewStageAction, 'stageId'>;
}

/**
 * Writes what a stage's end brings about in its locked workflow: stages that open with their approvers, or the end of
 * the workflow and what that means for its submission; and everything into the logs.
 */
export async function writeConsequence(
  tx: SqlTransaction,
  ctx: WorkspaceContext,
  workflow: LockedWorkflow,
  { stage, action }: SettledStage,
): Promise<Consequence<LockedStage>> {
  const stages = workflow.stages.map((other) => (other.id === stage.id ? stage : other));
  const consequence = planConsequence(stages, workflow.currentStageNumber);
  const openings = consequence.opens.map((opening) => ({
    stage: opening,
    ...approverUnderOverrides(opening, workflow.overrides),
  }));
  await Promise.all([
    updateWorkflow(tx, ctx, workflow, consequence),
    openStages(tx, ctx, openings),
    cancelStages(tx, ctx, consequence.cancels),
    appendStageActions(tx, ctx, [
      { stageId: stage.id, ...action },
      ...openings.flatMap(openingActions),
      ...consequence.cancels.map(({ id }) => ({ stageId: id, actionType: 'CANCELLED' as const })),
    ]),
    settle(tx, ctx, workflow.id, outcomeOf(consequence, stage)),
  ]);
  return consequence;
}

function outcomeOf(
  { status }: Consequence<LockedStage>,
  { stageNumber }: LockedStage,
): WorkflowOutcome | null {
  if (status === 'COMPLETED') return { kind: 'approved' };
  return status === 'REJECTED' ? { kind: 'rejected', stageNumber } : null;
}

async function settle(
  tx: SqlTransaction,
  ctx: WorkspaceContext,
  workflowId: string,
  outcome: WorkflowOutcome | null,
): Promise<void> {
  if (outcome !== null) await settleSubmissionIn(tx, ctx, workflowId, outcome);
}

async function updateWorkflow(
  tx: SqlTransaction,
  { now }: WorkspaceContext,
  workflow: LockedWorkflow,
  { status, currentStageNumber }: Consequence<LockedStage>,
): Promise<void> {
  if (status === workflow.status && currentStageNumber === workflow.currentStageNumber) return;
  await tx.query(Prisma.sql`
    update workflow_instances
    set status = ${status}, current_stage_number = ${currentStageNumber}, updated_at = ${now},
        completed_at = ${status === 'IN_PROGRESS' ? null : now}::timestamptz
    where id = ${workflow.id}`);
}

type Opening = SeatedApprover & { readonly stage: LockedStage };

async function openStages(
  tx: SqlTransaction,
  { now }: WorkspaceContext,
  openings: readonly Opening[],
): Promise<void> {
  if (openings.length === 0) return;
  await tx.query(Prisma.sql`
    update workflow_stages s
    set status = 'PENDING', approver_id = opening.approver_id, opened_at = ${now}, updated_at = ${now},
        sla_due_at = ${now}::timestamptz + s.sla_hours * interval '1 hour'
    from unnest(${openings.map(({ stage }) => stage.id)}::text[],
                ${openings.map(({ approverId }) => approverId)}::text[]) as opening (id, approver_id)
    where s.id = opening.id`);
}

function openingActions({ stage, approverId, path }: Opening): NewStageAction[] {
  const opened: NewStageAction = { stageId: stage.id, actionType: 'OPENED' };
  if (approverId === stage.approverId) return [opened];
  const details = { overrideId: path.at(-1)?.id ?? null, fromUserId: stage.approverId, toUserId: approverId };
  return [{ stageId: stage.id, actionType: 'REASSIGNED', details }, opened];
}

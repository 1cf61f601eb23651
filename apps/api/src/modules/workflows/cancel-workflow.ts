import { Prisma, type SqlTransaction } from '@apms/db';
import { type ManageWorkflow, nextStageStatus, type Produced, type WorkflowState } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { settleSubmissionIn } from '../submissions/settle-submission.ts';
import { cancelStages } from './cancel-stages.ts';
import { lockWorkflow } from './lock-workflow.ts';
import { notBefore } from './not-before.ts';
import { requireWorkflowTransition } from './require-transition.ts';
import { appendStageActions } from './stage-actions.ts';

/**
 * Ends a workflow, and with it its submission and what is open of its punchlists.
 * @throws {AppError} ENTITY_NOT_FOUND; TRANSITION_ILLEGAL when it has ended
 */
export async function cancelWorkflow(
  ctx: WorkspaceContext,
  { workflowId, reason }: ManageWorkflow,
): Promise<Produced<typeof WorkflowState>> {
  return await ctx.db.transaction(async (tx) => {
    const state = await cancelWorkflowIn(tx, ctx, { workflowId, reason });
    await settleSubmissionIn(tx, ctx, workflowId, { kind: 'cancelled', comment: reason });
    return state;
  });
}

/**
 * Ends a workflow in the caller's transaction, which sees to the submission itself. Workflows are locked before
 * submissions.
 * @throws {AppError} ENTITY_NOT_FOUND; TRANSITION_ILLEGAL when it has ended
 */
export async function cancelWorkflowIn(
  tx: SqlTransaction,
  call: WorkspaceContext,
  { workflowId, reason }: { readonly workflowId: string; readonly reason: string | null },
): Promise<Produced<typeof WorkflowState>> {
  const workflow = await lockWorkflow(tx, call, workflowId);
  const ctx = notBefore(call, workflow);
  const status = requireWorkflowTransition(workflow, 'cancel');
  const open = workflow.stages.filter((stage) => nextStageStatus(stage.status, 'cancel') !== null);
  await Promise.all([
    tx.query(Prisma.sql`
      update workflow_instances set status = ${status}, completed_at = ${ctx.now}, updated_at = ${ctx.now}
      where id = ${workflowId}`),
    cancelStages(tx, ctx, open),
    tx.query(Prisma.sql`
      update punchlists set status = 'CANCELLED', updated_at = ${ctx.now}
      where workflow_id = ${workflowId} and status = 'OPEN'`),
    appendStageActions(
      tx,
      ctx,
      open.map(({ id }) => ({ stageId: id, actionType: 'CANCELLED', comment: reason })),
    ),
    recordAuditEvent(tx, ctx, {
      action: 'workflows.cancel',
      entityType: 'workflow',
      entityId: workflowId,
      details: { reason },
    }),
  ]);
  return { workflowId, status, currentStageNumber: workflow.currentStageNumber };
}

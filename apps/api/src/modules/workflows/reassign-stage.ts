import { Prisma } from '@apms/db';
import type { Produced, ReassignStage, StageOutcome } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { lockWorkflowOfStage } from './lock-workflow.ts';
import { notBefore } from './not-before.ts';
import { requireDecider } from './require-decider.ts';
import { requireStageTransition, requireWorkflowTransition } from './require-transition.ts';
import { appendStageActions } from './stage-actions.ts';
import { stageOutcome } from './stage-outcome.ts';

/**
 * Gives a stage that is not decided to somebody else by hand; its clock goes on. To the one who has it already, nothing
 * changes.
 * @throws {AppError} ENTITY_NOT_FOUND; REFERENCE_NOT_FOUND when that person could not decide here; TRANSITION_ILLEGAL
 */
export async function reassignStage(
  call: WorkspaceContext,
  { stageId, toUserId, reason }: ReassignStage,
): Promise<Produced<typeof StageOutcome>> {
  return await call.db.transaction(async (tx) => {
    const [{ workflow, stage }] = await Promise.all([
      lockWorkflowOfStage(tx, call, stageId),
      requireDecider(tx, 'toUserId', toUserId),
    ]);
    const ctx = notBefore(call, workflow);
    requireWorkflowTransition(workflow, 'reassign');
    requireStageTransition(stage, 'reassign');
    const outcome = stageOutcome(workflow, stage);
    if (stage.approverId === toUserId) return outcome;
    const details = { fromUserId: stage.approverId, toUserId };
    await Promise.all([
      tx.query(Prisma.sql`
        update workflow_stages set approver_id = ${toUserId}, updated_at = ${ctx.now} where id = ${stageId}`),
      appendStageActions(tx, ctx, [{ stageId, actionType: 'REASSIGNED', comment: reason, details }]),
      recordAuditEvent(tx, ctx, {
        action: 'workflows.reassign',
        entityType: 'workflowStage',
        entityId: stageId,
        details: { ...details, workflowId: workflow.id, reason },
      }),
    ]);
    return outcome;
  });
}

import { Prisma } from '@apms/db';
import type { ManageWorkflow, Produced, WorkflowState } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { lockWorkflow } from './lock-workflow.ts';
import { notBefore } from './not-before.ts';
import { requireWorkflowTransition } from './require-transition.ts';
import { appendStageActions } from './stage-actions.ts';

/**
 * Nothing is decided until the workflow is resumed, and the clocks of its open stages stand still: what was due when is
 * kept in the stage's log.
 * @throws {AppError} ENTITY_NOT_FOUND; TRANSITION_ILLEGAL unless in progress
 */
export async function holdWorkflow(
  call: WorkspaceContext,
  { workflowId, reason }: ManageWorkflow,
): Promise<Produced<typeof WorkflowState>> {
  return await call.db.transaction(async (tx) => {
    const workflow = await lockWorkflow(tx, call, workflowId);
    const ctx = notBefore(call, workflow);
    const status = requireWorkflowTransition(workflow, 'hold');
    const open = workflow.stages.filter((stage) => stage.status === 'PENDING');
    await Promise.all([
      tx.query(Prisma.sql`
        update workflow_instances set status = ${status}, updated_at = ${ctx.now} where id = ${workflowId}`),
      tx.query(Prisma.sql`
        update workflow_stages set sla_due_at = null, updated_at = ${ctx.now}
        where workflow_id = ${workflowId} and status = 'PENDING'`),
      appendStageActions(
        tx,
        ctx,
        open.map(({ id, slaDueAt }) => ({
          stageId: id,
          actionType: 'COMMENTED',
          comment: reason,
          details: { held: true, slaDueAt },
        })),
      ),
      recordAuditEvent(tx, ctx, {
        action: 'workflows.hold',
        entityType: 'workflow',
        entityId: workflowId,
        details: { reason },
      }),
    ]);
    return { workflowId, status, currentStageNumber: workflow.currentStageNumber };
  });
}

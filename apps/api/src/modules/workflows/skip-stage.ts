import { Prisma } from '@apms/db';
import { isDispensable, type Produced, type SkipStage, type StageOutcome } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { type LockedStage, type LockedWorkflow, lockWorkflowOfStage } from './lock-workflow.ts';
import { notBefore } from './not-before.ts';
import { requireStageTransition, requireWorkflowTransition } from './require-transition.ts';
import { stageOutcome } from './stage-outcome.ts';
import { writeConsequence } from './write-consequence.ts';

/**
 * Passes over a stage that is not required. Somebody has to approve a workflow, so its only approval is not passed over.
 * @throws {AppError} ENTITY_NOT_FOUND; TRANSITION_ILLEGAL
 */
export async function skipStage(
  call: WorkspaceContext,
  { stageId, reason }: SkipStage,
): Promise<Produced<typeof StageOutcome>> {
  return await call.db.transaction(async (tx) => {
    const { workflow, stage } = await lockWorkflowOfStage(tx, call, stageId);
    const ctx = notBefore(call, workflow);
    requireWorkflowTransition(workflow, 'skip');
    const status = requireStageTransition(stage, 'skip');
    requireDispensable(workflow, stage);
    const skipped = { ...stage, status };
    const [consequence] = await Promise.all([
      writeConsequence(tx, ctx, workflow, {
        stage: skipped,
        action: { actionType: 'SKIPPED', comment: reason },
      }),
      tx.query(Prisma.sql`
        update workflow_stages set status = ${status}, updated_at = ${ctx.now} where id = ${stageId}`),
      recordAuditEvent(tx, ctx, {
        action: 'workflows.skip',
        entityType: 'workflowStage',
        entityId: stageId,
        details: { workflowId: workflow.id, reason },
      }),
    ]);
    return stageOutcome({ ...workflow, ...consequence }, skipped, consequence.opens);
  });
}

function requireDispensable({ stages }: LockedWorkflow, stage: LockedStage): void {
  if (isDispensable(stage, stages)) return;
  const { id, status, isRequired } = stage;
  throw new AppError({
    code: 'TRANSITION_ILLEGAL',
    entity: 'workflowStage',
    id,
    from: `${status} and ${isRequired ? 'required' : 'the only one to approve'}`,
    action: 'skip',
  });
}

import { newId, Prisma } from '@apms/db';
import {
  actionOfDecision,
  type DecideStage,
  nextStageStatus,
  type Produced,
  type StageMove,
  type StageOutcome,
  statusOfDecision,
} from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { decisionDocuments } from './decision-documents.ts';
import { findItemsFault } from './find-items-fault.ts';
import { type LockedStage, type LockedWorkflow, lockWorkflowOfStage } from './lock-workflow.ts';
import { notBefore } from './not-before.ts';
import { raiseItems } from './raise-items.ts';
import { requireWorkflowTransition } from './require-transition.ts';
import { stageOutcome } from './stage-outcome.ts';
import { writeConsequence } from './write-consequence.ts';

/**
 * Decides a stage: its approver alone may, and of simultaneous decisions one wins. What follows from it (the next
 * stages open, or the workflow ends and its submission with it) happens in the same transaction.
 * @throws {AppError} ENTITY_NOT_FOUND; STAGE_NOT_YOURS; STAGE_NOT_PENDING; TRANSITION_ILLEGAL while the workflow is on
 * hold; PUNCHLIST_ITEMS_INVALID; REFERENCE_NOT_FOUND for a document
 */
export async function decideStage(
  call: WorkspaceContext,
  { stageId, decision, items, comment, documentIds }: DecideStage,
): Promise<Produced<typeof StageOutcome>> {
  const reason = findItemsFault(decision, items);
  if (reason !== null) throw new AppError({ code: 'PUNCHLIST_ITEMS_INVALID', decision, reason });
  const status = statusOfDecision[decision];
  return await call.db.transaction(async (tx) => {
    const { workflow, stage } = await lockWorkflowOfStage(tx, call, stageId);
    const ctx = notBefore(call, workflow);
    requireDecidable(ctx, workflow, stage, actionOfDecision[decision]);
    const documents = await decisionDocuments(tx, documentIds, items);
    const punchlistId = items.length > 0 ? newId() : null;
    const decided = { ...stage, status };
    const details = { workflowId: workflow.id, decision, punchlistId };
    // Sent in this order, in one flight: the end of a workflow counts the items that the decision raises.
    const [, , , consequence] = await Promise.all([
      tx.query(Prisma.sql`
        update workflow_stages
        set status = ${status}, decision = ${decision}, comment = ${comment}, decided_at = ${ctx.now},
            updated_at = ${ctx.now}
        where id = ${stageId}`),
      punchlistId === null ? null : raiseItems(tx, ctx, { workflow, stage, punchlistId, items }),
      recordAuditEvent(tx, ctx, {
        action: 'workflows.decide',
        entityType: 'workflowStage',
        entityId: stageId,
        details,
      }),
      writeConsequence(tx, ctx, workflow, {
        stage: decided,
        action: {
          actionType: status,
          comment,
          details: { punchlistId, ...(documents.length > 0 && { documents }) },
        },
      }),
    ]);
    return { ...stageOutcome({ ...workflow, ...consequence }, decided, consequence.opens), punchlistId };
  });
}

function requireDecidable(
  { actor }: WorkspaceContext,
  workflow: LockedWorkflow,
  stage: LockedStage,
  action: StageMove,
): void {
  if (stage.approverId !== actor.userId) throw new AppError({ code: 'STAGE_NOT_YOURS', stageId: stage.id });
  if (nextStageStatus(stage.status, action) === null) {
    throw new AppError({ code: 'STAGE_NOT_PENDING', stageId: stage.id, status: stage.status });
  }
  requireWorkflowTransition(workflow, 'decide');
}

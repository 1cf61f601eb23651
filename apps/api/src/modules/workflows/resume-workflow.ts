import { Prisma, type SqlTransaction } from '@apms/db';
import type { Produced, ResumeWorkflow, WorkflowState } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { lockWorkflow } from './lock-workflow.ts';
import { notBefore } from './not-before.ts';
import { requireWorkflowTransition } from './require-transition.ts';
import { appendStageActions } from './stage-actions.ts';

/**
 * Lets a workflow go on; each open stage has as much time left as when it was put on hold.
 * @throws {AppError} ENTITY_NOT_FOUND; TRANSITION_ILLEGAL unless on hold
 */
export async function resumeWorkflow(
  call: WorkspaceContext,
  { workflowId, comment }: ResumeWorkflow,
): Promise<Produced<typeof WorkflowState>> {
  return await call.db.transaction(async (tx) => {
    const workflow = await lockWorkflow(tx, call, workflowId);
    const ctx = notBefore(call, workflow);
    const status = requireWorkflowTransition(workflow, 'resume');
    const open = workflow.stages.filter((stage) => stage.status === 'PENDING');
    await Promise.all([
      tx.query(Prisma.sql`
        update workflow_instances set status = ${status}, updated_at = ${ctx.now} where id = ${workflowId}`),
      restartClocks(
        tx,
        ctx,
        open.map(({ id }) => id),
      ),
      appendStageActions(
        tx,
        ctx,
        open.map(({ id }) => ({ stageId: id, actionType: 'RESUMED', comment })),
      ),
      recordAuditEvent(tx, ctx, {
        action: 'workflows.resume',
        entityType: 'workflow',
        entityId: workflowId,
        details: { comment },
      }),
    ]);
    return { workflowId, status, currentStageNumber: workflow.currentStageNumber };
  });
}

/** A stage whose log does not say when it was put on hold gets its whole time. */
async function restartClocks(
  tx: SqlTransaction,
  { now }: WorkspaceContext,
  stageIds: readonly string[],
): Promise<void> {
  await tx.query(Prisma.sql`
    update workflow_stages s
    set updated_at = ${now},
        sla_due_at = coalesce((
          select (a.details ->> 'slaDueAt')::timestamptz + greatest(${now}::timestamptz - a.created_at, interval '0')
          from workflow_stage_actions a
          where a.workflow_stage_id = s.id and a.details ->> 'held' = 'true'
          order by a.created_at desc, a.id desc
          limit 1
        ), ${now}::timestamptz + s.sla_hours * interval '1 hour')
    where s.id = any(${stageIds}::text[])`);
}

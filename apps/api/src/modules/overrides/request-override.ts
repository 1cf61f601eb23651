import { newId, Prisma, type SqlTransaction } from '@apms/db';
import type { ApproverOverride, Produced, RequestOverride, WorkflowStageStatus } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { requireDecider } from '../workflows/require-decider.ts';
import { requireStageTransition } from '../workflows/require-transition.ts';
import { readOverride } from './read-override.ts';
import { requireTarget } from './require-target.ts';

/**
 * Asks for another approver; nothing changes before somebody else approves it.
 * @throws {AppError} REFERENCE_NOT_FOUND; TRANSITION_ILLEGAL for a stage that is decided
 */
export async function requestOverride(
  ctx: WorkspaceContext,
  input: RequestOverride,
): Promise<Produced<typeof ApproverOverride>> {
  const { db, now, actor } = ctx;
  const overrideId = newId();
  return await db.transaction(async (tx) => {
    await Promise.all([
      requireTarget(tx, input),
      requireDecider(tx, 'toUserId', input.toUserId),
      requireUndecided(tx, input.stageId ?? null),
    ]);
    const [, , override] = await Promise.all([
      tx.query(Prisma.sql`
        insert into approver_overrides
          (id, workspace_id, override_type, workflow_stage_id, submission_id, cluster_code, region, role_code,
           from_user_id, to_user_id, reason, requested_by_id, effective_from, effective_to, created_at, updated_at)
        values (${overrideId}, ${db.scope.workspaceId}::uuid, ${input.overrideType}, ${input.stageId ?? null},
                ${input.submissionId ?? null}, ${input.clusterCode ?? null}, ${input.region ?? null},
                ${input.roleCode ?? null}, ${input.fromUserId ?? null}, ${input.toUserId}, ${input.reason},
                ${actor.userId}, ${input.effectiveFrom ?? now}::timestamptz, ${input.effectiveTo ?? null}::timestamptz,
                ${now}, ${now})`),
      recordAuditEvent(tx, ctx, {
        action: 'overrides.request',
        entityType: 'override',
        entityId: overrideId,
        details: input,
      }),
      readOverride(tx, overrideId),
    ]);
    return override;
  });
}

async function requireUndecided(tx: SqlTransaction, stageId: string | null): Promise<void> {
  if (stageId === null) return;
  const [stage] = await tx.query<{ id: string; status: WorkflowStageStatus }[]>(
    Prisma.sql`select id, status from workflow_stages where id = ${stageId}`,
  );
  if (stage !== undefined) requireStageTransition(stage, 'reassign');
}

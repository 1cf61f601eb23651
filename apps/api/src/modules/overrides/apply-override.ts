import { newId, Prisma, type SqlTransaction } from '@apms/db';
import type { WorkspaceContext } from '../../context.ts';
import { approverUnderOverrides, type UndecidedStage } from '../workflows/approver-under-overrides.ts';
import type { OverrideInForce } from '../workflows/choose-override.ts';
import { concernsWorkflow, reassignmentsOf } from '../workflows/lock-workflow.ts';
import { overridesInForce } from '../workflows/overrides-in-force.ts';

interface ConcernedStage extends UndecidedStage {
  readonly id: string;
  readonly overrides: readonly OverrideInForce[];
}

interface Move {
  readonly stageId: string;
  readonly fromUserId: string | null;
  readonly toUserId: string | null;
}

/**
 * Gives the undecided stages that an approved override is for to its beneficiary, unless a stronger one holds them,
 * and records it on each. The caller holds the lock of overrides alone.
 * @returns the stages that changed hands
 */
export async function applyOverride(
  tx: SqlTransaction,
  ctx: WorkspaceContext,
  overrideId: string,
): Promise<string[]> {
  const stages = await readConcerned(tx, ctx, overrideId);
  const moves = stages.flatMap((stage): Move[] => {
    const { approverId, path } = approverUnderOverrides(stage, stage.overrides);
    const changes = approverId !== stage.approverId && path.some(({ id }) => id === overrideId);
    return changes ? [{ stageId: stage.id, fromUserId: stage.approverId, toUserId: approverId }] : [];
  });
  await writeMoves(tx, ctx, overrideId, moves);
  return moves.map(({ stageId }) => stageId);
}

async function readConcerned(
  tx: SqlTransaction,
  { now }: WorkspaceContext,
  overrideId: string,
): Promise<ConcernedStage[]> {
  return await tx.query<ConcernedStage[]>(Prisma.sql`
    select s.id, r.role_code as "roleCode", s.approver_id as "approverId", s.status = 'PENDING' as "isOpen", ${reassignmentsOf} as reassignments,
           coalesce((select jsonb_agg(force) from (${overridesInForce(now, concernsWorkflow)}) force), '[]') as overrides
    from workflow_instances w
    join sites si on si.id = w.site_id and si.workspace_id = w.workspace_id
    join workflow_stages s on s.workflow_id = w.id and s.workspace_id = w.workspace_id
      and s.status in ('WAITING', 'PENDING')
    join approval_role_master r on r.id = s.role_id and r.workspace_id = s.workspace_id
    where w.status in ('IN_PROGRESS', 'ON_HOLD')
      and exists (
        select from approver_overrides o
        where o.id = ${overrideId} and coalesce(o.role_code = r.role_code, true) and (${concernsWorkflow}))
    order by s.id`);
}

async function writeMoves(
  tx: SqlTransaction,
  { db, now, actor }: WorkspaceContext,
  overrideId: string,
  moves: readonly Move[],
): Promise<void> {
  if (moves.length === 0) return;
  const details = moves.map(({ fromUserId, toUserId }) =>
    JSON.stringify({ overrideId, fromUserId, toUserId }),
  );
  const stageIds = moves.map(({ stageId }) => stageId);
  await Promise.all([
    tx.query(Prisma.sql`
      update workflow_stages s set approver_id = move.user_id, updated_at = ${now}
      from unnest(${stageIds}::text[], ${moves.map(({ toUserId }) => toUserId)}::text[]) as move (id, user_id)
      where s.id = move.id`),
    tx.query(Prisma.sql`
      insert into workflow_stage_actions
        (id, workspace_id, workflow_stage_id, action_type, actor_id, details, created_at)
      select id, ${db.scope.workspaceId}::uuid, stage_id, 'REASSIGNED', ${actor.userId}, details, ${now}
      from unnest(${moves.map(() => newId())}::text[], ${stageIds}::text[], ${details}::jsonb[])
        as new (id, stage_id, details)`),
  ]);
}

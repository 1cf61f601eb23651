import { Prisma, type SqlTransaction } from '@apms/db';
import type { EntityName, WorkflowStageStatus, WorkflowStatus } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import type { UndecidedStage } from './approver-under-overrides.ts';
import type { OverrideInForce } from './choose-override.ts';
import { jsonInstant } from './json-instant.ts';
import { overrideLockKey } from './override-lock.ts';
import { overridesInForce } from './overrides-in-force.ts';

export interface LockedStage extends UndecidedStage {
  readonly id: string;
  readonly stageNumber: number;
  readonly status: WorkflowStageStatus;
  readonly isRequired: boolean;
  /** ISO, in UTC. */
  readonly slaDueAt: string | null;
}

/** A workflow that nobody else can change until the transaction ends. */
export interface LockedWorkflow {
  readonly id: string;
  readonly status: WorkflowStatus;
  readonly currentStageNumber: number;
  readonly updatedAt: Date;
  /** In the order in which they open. */
  readonly stages: readonly LockedStage[];
  /** Those in force that could be for one of its stages. */
  readonly overrides: readonly OverrideInForce[];
}

/** Locks a workflow and reads it as it stands then. @throws {AppError} ENTITY_NOT_FOUND */
export async function lockWorkflow(
  tx: SqlTransaction,
  ctx: WorkspaceContext,
  workflowId: string,
): Promise<LockedWorkflow> {
  return await lockWhere(tx, ctx, Prisma.sql`w.id = ${workflowId}`, { entity: 'workflow', id: workflowId });
}

/** Locks the workflow of a stage and reads both as they stand then. @throws {AppError} ENTITY_NOT_FOUND */
export async function lockWorkflowOfStage(
  tx: SqlTransaction,
  ctx: WorkspaceContext,
  stageId: string,
): Promise<{ workflow: LockedWorkflow; stage: LockedStage }> {
  const named = { entity: 'workflowStage', id: stageId } as const;
  const isIts = Prisma.sql`w.id = (select workflow_id from workflow_stages where id = ${stageId})`;
  const workflow = await lockWhere(tx, ctx, isIts, named);
  const stage = workflow.stages.find(({ id }) => id === stageId);
  if (stage === undefined) throw new AppError({ code: 'ENTITY_NOT_FOUND', ...named });
  return { workflow, stage };
}

/** Two statements in one flight: the second has a snapshot of its own, taken when the first holds the lock. */
async function lockWhere(
  tx: SqlTransaction,
  { db, now }: WorkspaceContext,
  where: Prisma.Sql,
  named: { readonly entity: EntityName; readonly id: string },
): Promise<LockedWorkflow> {
  const lock = tx.query(Prisma.sql`
    select pg_advisory_xact_lock_shared(${overrideLockKey(db.scope.workspaceId)})
    from (select from workflow_instances w where ${where} for no key update) locked`);
  const reading = tx.query<LockedWorkflow[]>(Prisma.sql`
    select w.id, w.status, w.current_stage_number as "currentStageNumber", w.updated_at as "updatedAt",
      (select jsonb_agg(jsonb_build_object(
          'id', s.id, 'stageNumber', s.stage_number, 'roleCode', r.role_code, 'status', s.status,
          'isRequired', s.is_required, 'isOpen', s.status = 'PENDING', 'approverId', s.approver_id,
          'slaDueAt', ${jsonInstant(Prisma.sql`s.sla_due_at`)}, 'reassignments', ${reassignmentsOf}
        ) order by s.stage_number, s.sequence_order, r.role_code)
        from workflow_stages s
        join approval_role_master r on r.id = s.role_id and r.workspace_id = s.workspace_id
        where s.workflow_id = w.id) as stages,
      coalesce((select jsonb_agg(o) from (${overridesInForce(now, concernsWorkflow)}) o), '[]') as overrides
    from workflow_instances w join sites si on si.id = w.site_id and si.workspace_id = w.workspace_id
    where ${where}`);
  const [, [workflow]] = await Promise.all([lock, reading]);
  if (workflow === undefined) throw new AppError({ code: 'ENTITY_NOT_FOUND', ...named });
  return workflow;
}

/** The reassignments of stage `s`, the earliest first; needed only of those that are still to open. */
export const reassignmentsOf = Prisma.sql`
  case when s.status in ('WAITING', 'PENDING') then coalesce((
    select jsonb_agg(jsonb_build_object(
      'overrideId', a.details ->> 'overrideId', 'fromUserId', a.details ->> 'fromUserId'
    ) order by a.created_at, a.id)
    from workflow_stage_actions a where a.workflow_stage_id = s.id and a.action_type = 'REASSIGNED'
  ), '[]') else '[]' end`;

/** What workflow `w` at site `si` was routed by; of one that kept no region, the site's. */
export const clusterCodeOf = Prisma.sql`coalesce(w.routing_snapshot ->> 'clusterCode', si.cluster_code)`;
export const regionOf = Prisma.sql`coalesce(w.routing_snapshot ->> 'region', si.region)`;

/** Condition that override `o` is about workflow `w` at site `si`, or about one of its stages. */
export const concernsWorkflow = Prisma.sql`
  (o.override_type = 'CLUSTER' and o.cluster_code = ${clusterCodeOf})
  or (o.override_type = 'REGION' and o.region = ${regionOf})
  or (o.override_type = 'SUBMISSION' and o.submission_id = w.routing_snapshot ->> 'submissionId')
  or (o.override_type = 'STAGE' and o.workflow_stage_id in (
    select s.id from workflow_stages s where s.workflow_id = w.id and s.status in ('WAITING', 'PENDING')))`;

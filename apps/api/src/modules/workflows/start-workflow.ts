import { newId, Prisma, type SqlTransaction } from '@apms/db';
import type { Produced, RoutingRequest, StartWorkflow, Workflow } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { overrideLockKey } from './override-lock.ts';
import { planStart } from './plan-start.ts';
import { readRouting } from './read-routing.ts';
import { type RoutedSeat, type Routing, resolveRouting } from './resolve-routing.ts';
import { routingSnapshot } from './routing-snapshot.ts';
import { appendStageActions, type NewStageAction } from './stage-actions.ts';

/** What a workflow is started for. */
export interface WorkflowOrder extends RoutingRequest {
  /** The submission that it decides. */
  readonly submissionId: string | null;
  /** Where an earlier revision was rejected: the stages before are passed over. */
  readonly resumeStageNumber: number | null;
}

/** @throws {AppError} REFERENCE_NOT_FOUND, CONFIG_VERSION_MISSING, POLICY_NOT_FOUND, APPROVER_NOT_FOUND */
export async function startWorkflow(
  ctx: WorkspaceContext,
  input: StartWorkflow,
): Promise<Produced<typeof Workflow>> {
  const order = { ...input, submissionId: null, resumeStageNumber: null };
  return await ctx.db.transaction((tx) => startWorkflowIn(tx, ctx, order));
}

/**
 * Starts a workflow of the ACTIVE version in the caller's transaction: the instance with its routing snapshot, all its
 * stages and what opens them are written together.
 * @throws {AppError} REFERENCE_NOT_FOUND, CONFIG_VERSION_MISSING, POLICY_NOT_FOUND, APPROVER_NOT_FOUND
 */
export async function startWorkflowIn(
  tx: SqlTransaction,
  ctx: WorkspaceContext,
  order: WorkflowOrder,
): Promise<Produced<typeof Workflow>> {
  const lock = Prisma.sql`select pg_advisory_xact_lock_shared(${overrideLockKey(ctx.db.scope.workspaceId)})`;
  const [, facts] = await Promise.all([tx.query(lock), readRouting(tx, ctx, order)]);
  const routing = resolveRouting(order, facts);
  const plan = planStart(
    routing.seats.map(({ stageNumber, approver }) => ({ stageNumber, hasApprover: approver !== null })),
    order.resumeStageNumber,
  );
  const stages = routing.seats.map((seat, index) => newStage(ctx, seat, plan[index] ?? 'WAITING'));
  const workflow = newWorkflow(ctx, routing, stages);
  const { id, currentStageNumber, totalStages } = workflow;
  // None waits for another's rows: all of it goes in one flight.
  await Promise.all([
    insertWorkflow(tx, ctx, routing, { id, currentStageNumber, totalStages }),
    insertStages(tx, ctx, id, stages),
    appendStageActions(tx, ctx, stages.flatMap(firstActions)),
    recordAuditEvent(tx, ctx, {
      action: 'workflows.start',
      entityType: 'workflow',
      entityId: id,
      details: { ...order, configVersionId: routing.version.id, policyCode: routing.policy.policyCode },
    }),
  ]);
  return workflow;
}

type NewStage = ReturnType<typeof newStage>;

function newStage({ now }: WorkspaceContext, seat: RoutedSeat, status: ReturnType<typeof planStart>[number]) {
  const opens = status === 'PENDING';
  return {
    id: newId(),
    seat,
    status,
    openedAt: opens ? now : null,
    slaDueAt: opens ? new Date(now.getTime() + seat.slaHours * 3_600_000) : null,
  };
}

function newWorkflow({ now }: WorkspaceContext, routing: Routing, stages: readonly NewStage[]) {
  const { question, site, version, policy } = routing;
  return {
    id: newId(),
    status: 'IN_PROGRESS' as const,
    site: { id: site.id, siteCode: site.siteCode, name: site.name },
    scopeCode: question.scopeCode,
    vendorCode: question.vendorCode,
    atpCategory: question.atpCategory,
    configVersion: version,
    policyCode: policy.policyCode,
    submissionId: question.submissionId,
    currentStageNumber: stages.find(({ status }) => status === 'PENDING')?.seat.stageNumber ?? 1,
    totalStages: Math.max(...stages.map(({ seat }) => seat.stageNumber)),
    startedAt: now,
    completedAt: null,
    stages: stages.map(({ id, seat, status, openedAt, slaDueAt }) => ({
      id,
      stageNumber: seat.stageNumber,
      sequenceOrder: seat.sequenceOrder,
      parallelGroup: seat.parallelGroup,
      isRequired: seat.isRequired,
      roleCode: seat.roleCode,
      roleName: seat.roleName,
      approver: seat.approver && { id: seat.approver.id, name: seat.approver.name },
      status,
      decision: null,
      comment: null,
      slaHours: seat.slaHours,
      openedAt,
      slaDueAt,
      slaBreachedAt: null,
      decidedAt: null,
    })),
  };
}

/** What the log of a new stage begins with. */
function firstActions({ id: stageId, seat, status }: NewStage): NewStageAction[] {
  const { approver } = seat;
  const replaced: NewStageAction[] =
    approver === null || approver.overrideId === null
      ? []
      : [
          {
            stageId,
            actionType: 'REASSIGNED',
            details: {
              overrideId: approver.overrideId,
              fromUserId: approver.insteadOfId,
              toUserId: approver.id,
            },
          },
        ];
  if (status === 'PENDING') return [...replaced, { stageId, actionType: 'OPENED' }];
  if (status === 'WAITING') return replaced;
  const reason = approver === null ? 'SEAT_EMPTY' : 'BEFORE_RESUMPTION';
  return [...replaced, { stageId, actionType: 'SKIPPED', details: { reason } }];
}

async function insertWorkflow(
  tx: SqlTransaction,
  { db, now }: WorkspaceContext,
  routing: Routing,
  workflow: { id: string; currentStageNumber: number; totalStages: number },
): Promise<void> {
  const { version, policy, site, scopeId, vendorId, question } = routing;
  await tx.query(Prisma.sql`
    insert into workflow_instances
      (id, workspace_id, config_version_id, policy_id, site_id, scope_id, vendor_id, atp_category, status,
       current_stage_number, total_stages, routing_snapshot, started_at, created_at, updated_at)
    values (${workflow.id}, ${db.scope.workspaceId}::uuid, ${version.id}, ${policy.id}, ${site.id}, ${scopeId},
            ${vendorId}, ${question.atpCategory}, 'IN_PROGRESS', ${workflow.currentStageNumber},
            ${workflow.totalStages}, ${JSON.stringify(routingSnapshot(routing))}::jsonb, ${now}, ${now}, ${now})`);
}

async function insertStages(
  tx: SqlTransaction,
  { db, now }: WorkspaceContext,
  workflowId: string,
  stages: readonly NewStage[],
): Promise<void> {
  const column = <T>(of: (stage: NewStage) => T) => stages.map(of);
  await tx.query(Prisma.sql`
    insert into workflow_stages
      (id, workspace_id, workflow_id, role_id, stage_number, sequence_order, parallel_group, is_required, approver_id,
       status, sla_hours, opened_at, sla_due_at, created_at, updated_at)
    select id, ${db.scope.workspaceId}::uuid, ${workflowId}, role_id, stage_number, sequence_order, parallel_group,
           is_required, approver_id, status, sla_hours, opened_at, sla_due_at, ${now}, ${now}
    from unnest(${column(({ id }) => id)}::text[], ${column(({ seat }) => seat.roleId)}::text[],
                ${column(({ seat }) => seat.stageNumber)}::int[], ${column(({ seat }) => seat.sequenceOrder)}::int[],
                ${column(({ seat }) => seat.parallelGroup)}::int[], ${column(({ seat }) => seat.isRequired)}::bool[],
                ${column(({ seat }) => seat.approver?.id ?? null)}::text[], ${column(({ status }) => status)}::text[],
                ${column(({ seat }) => seat.slaHours)}::int[], ${column(({ openedAt }) => openedAt)}::timestamptz[],
                ${column(({ slaDueAt }) => slaDueAt)}::timestamptz[])
      as new (id, role_id, stage_number, sequence_order, parallel_group, is_required, approver_id, status, sla_hours,
              opened_at, sla_due_at)`);
}

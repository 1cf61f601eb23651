import { Prisma } from '@apms/db';
import type { ApprovedOverride, JudgeOverride, Produced } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { overrideLockKey } from '../workflows/override-lock.ts';
import { applyOverride } from './apply-override.ts';
import { lockOverride, requireOverrideTransition } from './lock-override.ts';
import { readOverride } from './read-override.ts';
import { requireIndependence } from './require-independence.ts';

/**
 * Puts an override in force: the undecided stages that it is for change hands at once, within its period.
 * @throws {AppError} ENTITY_NOT_FOUND, TRANSITION_ILLEGAL, OVERRIDE_SELF_APPROVED
 */
export async function approveOverride(
  ctx: WorkspaceContext,
  { overrideId, comment }: JudgeOverride,
): Promise<Produced<typeof ApprovedOverride>> {
  const { db, now, actor } = ctx;
  return await db.transaction(async (tx) => {
    const key = overrideLockKey(db.scope.workspaceId);
    const [, locked] = await Promise.all([
      tx.query(Prisma.sql`select pg_advisory_xact_lock(${key})`),
      lockOverride(tx, overrideId),
    ]);
    const status = requireOverrideTransition(locked, 'approve');
    requireIndependence(actor.userId, locked);
    const [, changedStageIds] = await Promise.all([
      tx.query(Prisma.sql`
        update approver_overrides
        set approval_status = ${status}, approved_by_id = ${actor.userId}, approved_at = ${now}, updated_at = ${now}
        where id = ${overrideId}`),
      applyOverride(tx, ctx, overrideId),
    ]);
    const [, override] = await Promise.all([
      recordAuditEvent(tx, ctx, {
        action: 'overrides.approve',
        entityType: 'override',
        entityId: overrideId,
        details: { comment, changedStages: changedStageIds.length },
      }),
      readOverride(tx, overrideId),
    ]);
    return { ...override, changedStageIds };
  });
}

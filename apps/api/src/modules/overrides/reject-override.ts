import { Prisma } from '@apms/db';
import type { ApproverOverride, JudgeOverride, Produced } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { lockOverride, requireOverrideTransition } from './lock-override.ts';
import { readOverride } from './read-override.ts';
import { requireIndependence } from './require-independence.ts';

/** @throws {AppError} ENTITY_NOT_FOUND, TRANSITION_ILLEGAL, OVERRIDE_SELF_APPROVED */
export async function rejectOverride(
  ctx: WorkspaceContext,
  { overrideId, comment }: JudgeOverride,
): Promise<Produced<typeof ApproverOverride>> {
  const { db, now, actor } = ctx;
  return await db.transaction(async (tx) => {
    const locked = await lockOverride(tx, overrideId);
    const status = requireOverrideTransition(locked, 'reject');
    requireIndependence(actor.userId, locked);
    const [, , override] = await Promise.all([
      tx.query(Prisma.sql`
        update approver_overrides
        set approval_status = ${status}, approved_by_id = ${actor.userId}, approved_at = ${now}, updated_at = ${now}
        where id = ${overrideId}`),
      recordAuditEvent(tx, ctx, {
        action: 'overrides.reject',
        entityType: 'override',
        entityId: overrideId,
        details: { comment },
      }),
      readOverride(tx, overrideId),
    ]);
    return override;
  });
}

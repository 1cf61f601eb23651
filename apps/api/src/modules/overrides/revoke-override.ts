import { Prisma } from '@apms/db';
import type { ApproverOverride, JudgeOverride, Produced } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { isPermitted } from '../../permissions.ts';
import { overrideLockKey } from '../workflows/override-lock.ts';
import { lockOverride, requireOverrideTransition } from './lock-override.ts';
import { readOverride } from './read-override.ts';

/**
 * Withdraws an override or ends it before its time, which is as when its period ends: a stage that is open stays with
 * whom it has found, for that person may be at work; one that opens later goes to whom the configuration names.
 * Their own anybody may revoke, others' who may approve them.
 * @throws {AppError} ENTITY_NOT_FOUND, TRANSITION_ILLEGAL, PERMISSION_DENIED
 */
export async function revokeOverride(
  ctx: WorkspaceContext,
  { overrideId, comment }: JudgeOverride,
): Promise<Produced<typeof ApproverOverride>> {
  const { db, now, actor } = ctx;
  return await db.transaction(async (tx) => {
    const key = overrideLockKey(db.scope.workspaceId);
    const [, locked] = await Promise.all([
      tx.query(Prisma.sql`select pg_advisory_xact_lock(${key})`),
      lockOverride(tx, overrideId),
    ]);
    if (locked.requestedById !== actor.userId && !isPermitted(actor.roles, 'overrides.approve')) {
      throw new AppError({ code: 'PERMISSION_DENIED', permission: 'overrides.approve' });
    }
    const status = requireOverrideTransition(locked, 'revoke');
    const [, , override] = await Promise.all([
      tx.query(Prisma.sql`
        update approver_overrides set approval_status = ${status}, updated_at = ${now} where id = ${overrideId}`),
      recordAuditEvent(tx, ctx, {
        action: 'overrides.revoke',
        entityType: 'override',
        entityId: overrideId,
        details: { comment },
      }),
      readOverride(tx, overrideId),
    ]);
    return override;
  });
}

import type { IntegrityAudit, Produced } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { readAudit } from './read-audit.ts';

/** Below the limit of a call, so that its sender hears how it ended. */
const TIME_LIMIT_MS = 25_000;

/**
 * Looks for orphans in the whole database, now. The run is stored by a transaction of its own.
 * @throws {AppError} INTEGRITY_AUDIT_RUNNING; TIMED_OUT, when only the scheduled run has the time
 */
export async function runAudit(ctx: WorkspaceContext): Promise<Produced<typeof IntegrityAudit>> {
  const { db, services } = ctx;
  return await db.transaction(async (tx) => {
    const { auditId } = await services.integrityAuditor.run({
      origin: 'ON_DEMAND',
      requestedById: db.scope.userId,
      timeLimitMs: TIME_LIMIT_MS,
    });
    const event = { action: 'integrityAudits.run', entityType: 'integrityAudit', entityId: auditId } as const;
    const [, audit] = await Promise.all([recordAuditEvent(tx, ctx, event), readAudit(tx, auditId)]);
    return audit;
  });
}

import { newId, Prisma, type SqlTransaction } from '@apms/db';
import type { EntityName } from '@apms/validators';
import type { WorkspaceContext } from './context.ts';

export interface AuditEntry {
  /** `module.verb`, the procedure's own name. */
  readonly action: string;
  readonly entityType: EntityName;
  readonly entityId: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Appends who did what to which entity, in the transaction that does it; no user's id is the system's. */
export async function recordAuditEvent(
  tx: SqlTransaction,
  { db, now, requestId }: Pick<WorkspaceContext, 'db' | 'now' | 'requestId'>,
  { action, entityType, entityId, details = {} }: AuditEntry,
): Promise<void> {
  await tx.query(Prisma.sql`
    insert into audit_events
      (id, workspace_id, actor_id, action, entity_type, entity_id, request_id, details, created_at)
    values (${newId()}, ${db.scope.workspaceId}::uuid, nullif(${db.scope.userId}, ''), ${action}, ${entityType}, ${entityId},
            ${requestId}, ${JSON.stringify(details)}::jsonb, ${now})`);
}

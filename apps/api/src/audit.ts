import { newId, Prisma, type SqlTransaction, type WorkspaceDb } from '@apms/db';
import type { EntityName } from '@apms/validators';
import type { WorkspaceContext } from './context.ts';

export interface AuditEntry {
  /** `module.verb`, the procedure's own name. */
  readonly action: string;
  readonly entityType: EntityName;
  readonly entityId: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface AuditContext extends Pick<WorkspaceContext, 'now' | 'requestId'> {
  readonly db: Pick<WorkspaceDb, 'scope'>;
}

/**
 * Appends who did what to which entity, in the transaction that does it. No user's id is the system's, and no
 * workspace's is that of an event outside of workspaces.
 */
export async function recordAuditEvent(
  tx: SqlTransaction,
  { db, now, requestId }: AuditContext,
  { action, entityType, entityId, details = {} }: AuditEntry,
): Promise<void> {
  await tx.query(Prisma.sql`
    insert into audit_events
      (id, workspace_id, actor_id, action, entity_type, entity_id, request_id, details, created_at)
    values (${newId()}, nullif(${db.scope.workspaceId}, '')::uuid, nullif(${db.scope.userId}, ''), ${action}, ${entityType}, ${entityId},
            ${requestId}, ${JSON.stringify(details)}::jsonb, ${now})`);
}

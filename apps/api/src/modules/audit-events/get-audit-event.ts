import { Prisma } from '@apms/db';
import type { AuditEvent, AuditEventRef, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { auditEventColumns, fromAuditEvents } from './audit-event-columns.ts';

/** @throws {AppError} ENTITY_NOT_FOUND */
export async function getAuditEvent(
  { db }: WorkspaceContext,
  { auditEventId }: AuditEventRef,
): Promise<Produced<typeof AuditEvent>> {
  const [event] = await db.query<Produced<typeof AuditEvent>[]>(
    Prisma.sql`${auditEventColumns} ${fromAuditEvents} where e.id = ${auditEventId}`,
  );
  if (event === undefined) {
    throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'auditEvent', id: auditEventId });
  }
  return event;
}

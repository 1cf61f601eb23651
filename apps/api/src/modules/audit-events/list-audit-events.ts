import { Prisma } from '@apms/db';
import type { AuditEvent, ListAuditEvents, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { listPage, type Page } from '../../list-page.ts';
import { auditEventColumns, fromAuditEvents } from './audit-event-columns.ts';

/** The latest first. @throws {AppError} CURSOR_INVALID */
export async function listAuditEvents(
  { db }: WorkspaceContext,
  input: ListAuditEvents,
): Promise<Page<Produced<typeof AuditEvent>>> {
  const { actorId, entityType, entityId, actionPrefix, since, until, direction, limit, cursor } = input;
  const where: Prisma.Sql[] = [];
  if (actorId !== undefined) where.push(Prisma.sql`e.actor_id = ${actorId}`);
  if (entityType !== undefined) where.push(Prisma.sql`e.entity_type = ${entityType}`);
  if (entityId !== undefined) where.push(Prisma.sql`e.entity_id = ${entityId}`);
  if (actionPrefix !== undefined) where.push(Prisma.sql`starts_with(e.action, ${actionPrefix})`);
  if (since !== undefined) where.push(Prisma.sql`e.created_at >= ${since}::timestamptz`);
  if (until !== undefined) where.push(Prisma.sql`e.created_at < ${until}::timestamptz`);
  return await listPage(db, {
    select: auditEventColumns,
    from: fromAuditEvents,
    where,
    sort: { column: Prisma.sql`e.created_at`, type: 'timestamptz' },
    id: Prisma.sql`e.id`,
    direction: direction ?? 'desc',
    limit,
    cursor,
  });
}

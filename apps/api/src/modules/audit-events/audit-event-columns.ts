import { Prisma } from '@apms/db';

/** `select` of an audit event as its schema names it. */
export const auditEventColumns = Prisma.sql`
  select e.id, e.actor_id as "actorId", u.display_name as "actorName", e.action, e.entity_type as "entityType",
         e.entity_id as "entityId", e.request_id as "requestId", e.details, e.created_at as "createdAt"`;

export const fromAuditEvents = Prisma.sql`from audit_events e left join users u on u.id = e.actor_id`;

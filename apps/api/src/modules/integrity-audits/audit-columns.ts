import { Prisma } from '@apms/db';

/** `select` of an audit as its schema names it, with {@link auditSource}. */
export const auditColumns = Prisma.sql`
  select a.id, a.started_at as "startedAt", a.duration_ms as "durationMs", a.origin, a.health,
         a.checks_total as "checksTotal", a.checks_failed as "checksFailed", a.orphans_total as "orphansTotal",
         u.id as "requestedById", u.display_name as "requestedByName"`;

/** Of who asked for an audit only members of the workspace are known to it; row-level security shows no others. */
export const auditSource = Prisma.sql`
  from data_integrity_audit_log a
  left join users u on u.id = a.requested_by_id
    and exists (select from workspace_memberships m where m.user_id = u.id)`;

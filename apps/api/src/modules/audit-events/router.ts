import { AuditEvent, AuditEventPage, AuditEventRef, ListAuditEvents } from '@apms/validators';
import { rest } from '../../rest.ts';
import { permit, router } from '../../trpc.ts';
import { getAuditEvent } from './get-audit-event.ts';
import { listAuditEvents } from './list-audit-events.ts';

export const auditEventsRouter = router({
  get: permit('audit.read')
    .meta(rest('GET', '/audit-events/{auditEventId}', 'One audit event'))
    .input(AuditEventRef)
    .output(AuditEvent)
    .query(({ ctx, input }) => getAuditEvent(ctx, input)),

  list: permit('audit.read')
    .meta(rest('GET', '/audit-events', 'Who did what, page by page'))
    .input(ListAuditEvents)
    .output(AuditEventPage)
    .query(({ ctx, input }) => listAuditEvents(ctx, input)),
});

import { z } from 'zod';
import { Id, Instant, PageInput, pageOf } from './wire.ts';

/** Who did what to which entity. */
export const AuditEvent = z.object({
  id: Id,
  /** Null for what the system did. */
  actorId: Id.nullable(),
  actorName: z.string().nullable(),
  /** `module.verb`. */
  action: z.string(),
  entityType: z.string(),
  entityId: z.string(),
  /** What people call it now: a site's code, a submission's number, a person's name; null for what has none or is gone. */
  entityName: z.string().nullable(),
  requestId: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
  createdAt: Instant,
});
export type AuditEvent = z.infer<typeof AuditEvent>;

export const AuditEventRef = z.object({ auditEventId: Id });
export type AuditEventRef = z.infer<typeof AuditEventRef>;

export const AuditEventPage = pageOf(AuditEvent);

const Moment = z.iso.datetime({ offset: true });

export const ListAuditEvents = PageInput.extend({
  sort: z.enum(['createdAt']).default('createdAt'),
  actorId: Id.optional(),
  entityType: z.string().max(100).optional(),
  entityId: Id.optional(),
  /** `sites.` for all of a module, `sites.create` for one action. */
  actionPrefix: z
    .string()
    .regex(/^[a-zA-Z.]{1,100}$/)
    .optional(),
  /** From this moment on. */
  since: Moment.optional(),
  /** Before this moment. */
  until: Moment.optional(),
});
export type ListAuditEvents = z.infer<typeof ListAuditEvents>;

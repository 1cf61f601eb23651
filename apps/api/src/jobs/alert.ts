import { z } from 'zod';

/** What somebody outside is told. */
export const Alert = z.object({
  /** The same alert always has the same id: who gets it twice knows. */
  id: z.string(),
  kind: z.enum(['slaBreached', 'integrityUnhealthy', 'integrityHealthy']),
  workspaceId: z.string(),
  subject: z.string(),
  text: z.string(),
  /** For programs. */
  facts: z.record(z.string(), z.unknown()),
});
export type Alert = z.infer<typeof Alert>;

/** The path of the console's page about it; null in a job that a former version of the API has added. */
const page = z.string().nullable().default(null);

/** One alert to one mailbox. */
export const AlertMail = z.object({ alert: Alert, page, to: z.string() });
export type AlertMail = z.infer<typeof AlertMail>;

/** One alert to the workspace's webhook, whose address is its secret and is read when it is sent. */
export const AlertCall = z.object({ alert: Alert, page });
export type AlertCall = z.infer<typeof AlertCall>;

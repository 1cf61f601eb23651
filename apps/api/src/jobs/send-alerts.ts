import { type Database, Prisma } from '@apms/db';
import type { FastifyBaseLogger } from 'fastify';
import type { Mailer } from '../mailer.ts';
import { AlertCall, AlertMail } from './alert.ts';
import { postWebhook } from './post-webhook.ts';
import { WebhookRefused } from './webhook-refused.ts';

/** Mails one alert to one mailbox. @throws {Error} when it was not taken, so that it is tried again */
export async function sendAlertMail(mailer: Mailer, data: unknown): Promise<void> {
  const { alert, to } = AlertMail.parse(data);
  await mailer.send({ to, subject: `APMS: ${alert.subject}`, text: alert.text });
}

export interface WebhookDependencies {
  readonly database: Pick<Database, 'asSystem'>;
  readonly allowLoopbackWebhooks: boolean;
  readonly log: FastifyBaseLogger;
}

/** Posts one alert to where the workspace wants it now. @throws {Error} when it was not taken, so that it is tried again */
export async function callAlertWebhook(
  { database, allowLoopbackWebhooks, log }: WebhookDependencies,
  data: unknown,
): Promise<void> {
  const { alert } = AlertCall.parse(data);
  const { workspaceId } = alert;
  const [settings] = await database.asSystem((tx) =>
    tx.query<{ url: string | null }[]>(Prisma.sql`
      select alert_webhook_url as url from workspace_settings where workspace_id = ${workspaceId}::uuid`),
  );
  // Somebody took the address away: nobody waits for the alert.
  if (settings === undefined || settings.url === null) return;
  try {
    await postWebhook(settings.url, alert, { allowLoopback: allowLoopbackWebhooks });
  } catch (error) {
    if (!(error instanceof WebhookRefused)) throw error;
    log.warn({ workspaceId, alertId: alert.id, reason: error.message }, 'an alert was not sent');
  }
}

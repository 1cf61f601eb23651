import { type Database, Prisma } from '@apms/db';
import type { FastifyBaseLogger } from 'fastify';
import type { Mailer } from '../mailer.ts';
import { AlertCall, AlertMail } from './alert.ts';
import { postWebhook } from './post-webhook.ts';
import { WebhookRefused } from './webhook-refused.ts';

export interface MailDependencies {
  readonly mailer: Mailer;
  /** Where people's browsers are. */
  readonly appUrl: string;
}

/** Mails one alert to one mailbox. @throws {Error} when it was not taken, so that it is tried again */
export async function sendAlertMail({ mailer, appUrl }: MailDependencies, data: unknown): Promise<void> {
  const { alert, page, to } = AlertMail.parse(data);
  const url = urlOf(page, appUrl);
  const text = url === null ? alert.text : `${alert.text}\n${url}\n`;
  await mailer.send({ to, subject: `APMS: ${alert.subject}`, text });
}

export interface WebhookDependencies {
  readonly database: Pick<Database, 'asSystem'>;
  readonly allowLoopbackWebhooks: boolean;
  readonly appUrl: string;
  readonly log: FastifyBaseLogger;
}

/** Posts one alert to where the workspace wants it now. @throws {Error} when it was not taken, so that it is tried again */
export async function callAlertWebhook(
  { database, allowLoopbackWebhooks, appUrl, log }: WebhookDependencies,
  data: unknown,
): Promise<void> {
  const { alert, page } = AlertCall.parse(data);
  const { workspaceId } = alert;
  const [settings] = await database.asSystem((tx) =>
    tx.query<{ url: string | null }[]>(Prisma.sql`
      select alert_webhook_url as url from workspace_settings where workspace_id = ${workspaceId}::uuid`),
  );
  // Somebody took the address away: nobody waits for the alert.
  if (settings === undefined || settings.url === null) return;
  try {
    await postWebhook(
      settings.url,
      { ...alert, url: urlOf(page, appUrl) },
      { allowLoopback: allowLoopbackWebhooks },
    );
  } catch (error) {
    if (!(error instanceof WebhookRefused)) throw error;
    log.warn({ workspaceId, alertId: alert.id, reason: error.message }, 'an alert was not sent');
  }
}

function urlOf(page: string | null, appUrl: string): string | null {
  return page === null ? null : `${appUrl.replace(/\/$/, '')}${page}`;
}

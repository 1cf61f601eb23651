import { createTransport, type SendMailOptions } from 'nodemailer';
import pRetry from 'p-retry';
import { DeployError } from '../failure.ts';
import { emailBody } from './email-body.ts';
import type { Notification } from './notification.ts';
import type { EmailConfig } from './notification-config.ts';
import type { Patience } from './send-webhook.ts';

/**
 * Mails the verdict with `report.html` attached. A second attempt where another one may help: no connection, or a server
 * that says "later".
 * @throws {NOTIFICATION_FAILED} never with the URL, which holds a password.
 */
export async function sendEmail(
  url: string,
  { smtpUrlVariable, from, to }: Pick<EmailConfig, 'smtpUrlVariable' | 'from' | 'to'>,
  notification: Notification,
  { timeoutMs, pauseMs }: Patience = { timeoutMs: 7_000, pauseMs: 500 },
): Promise<void> {
  const { toHtml } = await import('../report/html/to-html.ts');
  const { report, document } = notification;
  const { title, tone } = document.verdict;
  const mail: SendMailOptions = {
    from,
    to: to.map((address) => ({ name: '', address })),
    subject: `${title}: ${report.target}`,
    priority: tone === 'alarm' ? 'high' : 'normal',
    ...emailBody(notification),
    attachments: [
      {
        filename: `report-${report.target}-${report.id}.html`,
        content: toHtml(document),
        contentType: 'text/html',
      },
    ],
  };
  try {
    const transport = createTransport({
      url,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    await pRetry(() => transport.sendMail(mail), {
      retries: 1,
      minTimeout: pauseMs,
      shouldRetry: ({ error }) => mayHelp(error),
    });
  } catch (error) {
    const problem = problemOf(error);
    throw new DeployError({ code: 'NOTIFICATION_FAILED', kind: 'email', variable: smtpUrlVariable, problem });
  }
}

const NETWORK = new Set(['ECONNECTION', 'ESOCKET', 'ETIMEDOUT', 'EDNS', 'ECONNREFUSED', 'ECONNRESET']);

function mayHelp(error: Error): boolean {
  if ('responseCode' in error && typeof error.responseCode === 'number') return error.responseCode < 500;
  return 'code' in error && typeof error.code === 'string' && NETWORK.has(error.code);
}

/** The server's own words, or what kept it from saying any. */
function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it could not be sent';
  if ('response' in error && typeof error.response === 'string') return `the server says: ${error.response}`;
  return 'code' in error ? `it could not be sent (${String(error.code)})` : 'it could not be sent';
}

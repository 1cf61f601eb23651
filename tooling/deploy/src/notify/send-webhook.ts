import pRetry, { AbortError } from 'p-retry';
import { DeployError } from '../failure.ts';
import type { Notification } from './notification.ts';
import type { WebhookConfig } from './notification-config.ts';
import { slackMessage } from './slack-message.ts';

/** How long one attempt may take, and how long to wait before the second one; before the third, twice that. */
export interface Patience {
  timeoutMs: number;
  pauseMs: number;
}

/**
 * Posts a message that Slack and Mattermost show. Three attempts where another one may help: no answer, a server's own
 * error, too many requests. A redirect is not followed: the message is for the host that was configured.
 * @throws {NOTIFICATION_FAILED} never with the URL, which is a secret.
 */
export async function sendWebhook(
  url: string,
  { urlVariable }: Pick<WebhookConfig, 'urlVariable'>,
  notification: Notification,
  { timeoutMs, pauseMs }: Patience = { timeoutMs: 5_000, pauseMs: 500 },
): Promise<void> {
  const body = JSON.stringify(slackMessage(notification));
  try {
    await pRetry(() => post(url, body, timeoutMs), { retries: 2, minTimeout: pauseMs, factor: 2 });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new DeployError({ code: 'NOTIFICATION_FAILED', kind: 'webhook', variable: urlVariable, problem });
  }
}

async function post(url: string, body: string, timeoutMs: number): Promise<void> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (error) {
    if (!URL.canParse(url)) throw new AbortError('it is no URL');
    throw new Error(unreachable(error, timeoutMs), { cause: error });
  }
  // An answer that never ends must not keep the process.
  await response.body?.cancel();
  if (response.ok) return;
  const problem = `it answered ${response.status}`;
  if (response.status === 429 || response.status >= 500) throw new Error(problem);
  throw new AbortError(response.status >= 400 ? problem : `${problem}, a redirect, which is not followed`);
}

/** What kept it from being reached; the message of the error itself may hold the URL. */
function unreachable(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return 'it could not be reached';
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`;
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return `it could not be reached${code}`;
}

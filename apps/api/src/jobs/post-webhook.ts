import { lookup } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { refuseWebhookUrl } from '../modules/workspace-settings/refuse-webhook-url.ts';
import { lookupPublic, type ResolveAll } from './lookup-public.ts';
import { WebhookRefused } from './webhook-refused.ts';

export interface WebhookOptions {
  readonly allowLoopback: boolean;
  /** For everything from the name's look-up to the answer's status; 10,000 ms when absent. */
  readonly timeoutMs?: number;
  /** How names become addresses; `dns.lookup` when absent. */
  readonly resolveAll?: ResolveAll;
}

/**
 * Posts JSON. The address that the name resolves to is checked when it is connected to, so that a name which changes
 * meanwhile leads nowhere else; redirects are not followed, and the answer is not read.
 * @throws {WebhookRefused}
 * @throws {Error} when it was not answered with a 2xx in time
 */
export async function postWebhook(
  url: string,
  body: object,
  { allowLoopback, timeoutMs = 10_000, resolveAll }: WebhookOptions,
): Promise<void> {
  const refusal = refuseWebhookUrl(url, { allowLoopback });
  if (refusal !== null) throw new WebhookRefused(`the webhook ${refusal}`);
  const content = JSON.stringify(body);
  const send = new URL(url).protocol === 'https:' ? httpsRequest : httpRequest;
  const status = await new Promise<number>((resolve, reject) => {
    const request = send(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(content),
        'user-agent': 'apms-api',
      },
      agent: false,
      lookup: allowLoopback ? lookup : lookupPublic(resolveAll),
      signal: AbortSignal.timeout(timeoutMs),
    });
    request.on('error', reject);
    request.on('response', (response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    request.end(content);
  });
  if (status < 200 || status > 299) throw new Error(`the webhook answered ${status}`);
}

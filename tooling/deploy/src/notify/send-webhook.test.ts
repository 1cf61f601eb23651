import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { DEPLOYED } from '../../test/support/deployed-report.ts';
import { startReceiver } from '../../test/support/start-receiver.ts';
import { explain } from '../explain.ts';
import { toFailure } from '../failure.ts';
import { composeDocument } from '../report/compose-document.ts';
import { sendWebhook } from './send-webhook.ts';

const NOTIFICATION = { report: DEPLOYED, document: composeDocument(DEPLOYED), readAt: 'here:/there' };
const SECRET = '/services/T000/B000/sesame-4711';

let close = () => {};
afterEach(() => close());

/** A server that answers the first requests as told, and all others like the last one. */
async function startServer(...answers: ((response: ServerResponse) => void)[]) {
  const receiver = await startReceiver((response, _body, count) =>
    (answers[count - 1] ?? answers.at(-1))?.(response),
  );
  close = receiver.close;
  return { url: `${receiver.url}${SECRET}`, bodies: receiver.bodies };
}

const status =
  (code: number, headers = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(code, headers).end('so it is');

/** Undefined when it was sent; else the sentence. */
async function problemOf(url: string, timeoutMs = 5_000): Promise<string | undefined> {
  try {
    await sendWebhook(url, { urlVariable: 'TEAM_WEBHOOK_URL' }, NOTIFICATION, { timeoutMs, pauseMs: 10 });
    return undefined;
  } catch (error) {
    return explain(toFailure(error));
  }
}

describe('sendWebhook', () => {
  it('posts the message as JSON', async () => {
    const { url, bodies } = await startServer(status(200));
    expect(await problemOf(url)).toBeUndefined();
    expect(bodies.map((body) => JSON.parse(body))).toMatchObject([
      { text: expect.stringContaining('*production is on the new schema*') },
    ]);
  });

  it('tries again after a server’s own error', async () => {
    const { url, bodies } = await startServer(status(500), status(429), status(200));
    expect(await problemOf(url)).toBeUndefined();
    expect(bodies).toHaveLength(3);
  });

  it.each([
    ['always fails', status(503), 3, 'it answered 503'],
    ['refuses it', status(404), 1, 'it answered 404'],
    [
      'redirects it',
      status(307, { location: 'http://127.0.0.1:1/elsewhere' }),
      1,
      'it answered 307, a redirect, which is not followed',
    ],
    ['hangs', () => undefined, 3, 'no answer within 200 ms'],
    [
      'cuts the line',
      (response: ServerResponse) => void response.destroy(),
      3,
      'it could not be reached (UND_ERR_SOCKET)',
    ],
  ])('gives up where the host %s', async (_, answer, attempts, problem) => {
    const { url, bodies } = await startServer(answer);
    const told = await problemOf(url, 200);
    expect(told).toBe(
      `The webhook of TEAM_WEBHOOK_URL was not sent: ${problem}. Nobody was told by it how this run ended.`,
    );
    expect(bodies).toHaveLength(attempts);
    expect(told).not.toContain(SECRET);
  });

  it('does not wait for an answer that never ends', async () => {
    const { url } = await startServer((response) => void response.writeHead(200).write('…'));
    expect(await problemOf(url)).toBeUndefined();
  });

  it('tells that nobody listens, or that it is no URL, and not what it is', async () => {
    const { url } = await startServer(status(200));
    close();
    expect(await problemOf(url)).toContain('it could not be reached (ECONNREFUSED)');
    const told = await problemOf('sesame');
    expect(told).toContain('it is no URL');
    expect(told).not.toContain('sesame');
  });
});

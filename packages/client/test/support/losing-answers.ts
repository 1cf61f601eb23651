import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What stands between a client and the API. */
export interface LosingProxy {
  readonly url: string;
  /** `METHOD path` of what came in, in order. */
  readonly requests: readonly string[];
  close(): void;
}

/** Headers that belong to one connection and are not passed on. */
const OWN = new Set(['host', 'connection', 'content-length']);

/**
 * Passes requests on to `target`, but loses the first `lost` answers: the API has done what was asked, and the client
 * cannot know.
 */
export async function losingAnswers(target: string, lost: number): Promise<LosingProxy> {
  const requests: string[] = [];

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const number = requests.push(`${request.method} ${request.url}`);
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' && !OWN.has(name) ? [[name, value]] : [],
    );
    const answer = await fetch(`${target}${request.url}`, {
      method: request.method ?? 'GET',
      headers,
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    });
    const body = await answer.text();
    if (number <= lost) request.socket.destroy();
    else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(body);
  }

  const server = createServer((request, response) => void pass(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return { url: `http://127.0.0.1:${address.port}`, requests, close: () => void server.close() };
}

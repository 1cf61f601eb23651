import { incomingMessageToRequest } from '@trpc/server/adapters/node-http';
import { resolveResponse } from '@trpc/server/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { withConnectionParams } from './connection-params.ts';
import type { Calls } from './read-calls.ts';
import { requestContext } from './request-context.ts';
import type { RoutesOptions } from './routes-options.ts';

/** A request that was looked at already. */
export interface ReadRequest {
  readonly calls: Calls;
  readonly body: Buffer | null;
}

/** Answers with the library's own handler; its answer may be a stream that goes on for hours. */
export async function answerByLibrary(
  options: RoutesOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  { calls, body }: ReadRequest,
): Promise<FastifyReply> {
  const { id, headers, raw } = request;
  // The library reads JSON on its own, without our limits.
  if (body !== null || request.method === 'GET') calls.inputOf(0);
  const message = body === null ? raw : Object.assign(raw, { body: body.toString('utf8') });
  const incoming = incomingMessageToRequest(message, reply.raw, { maxBodySize: options.limits.bodyBytes });
  // Whatever a procedure waits for ends with the answer, also with one that ended by itself.
  const closed = new AbortController();
  reply.raw.once('close', () => closed.abort());
  const response = await resolveResponse({
    router: options.router,
    req: new Request(incoming, { signal: closed.signal }),
    path: calls.paths.join(','),
    error: null,
    allowMethodOverride: true,
    createContext: async ({ info }) =>
      requestContext(options, {
        id,
        headers: withConnectionParams(headers, info.connectionParams),
        callCount: calls.paths.length,
        guard: (db) => options.observer.database(db),
      }),
    onError: ({ path = '', error }) => options.observer.failure({ path, request }, error),
  });
  if (response.headers.get('content-type') === 'text/event-stream') options.observer.subscription(reply.raw);
  return await reply.send(response);
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerByLibrary } from './answer-by-library.ts';
import { callAll } from './call-all.ts';
import type { Answer } from './call-procedure.ts';
import { inputRefused } from './input-refused.ts';
import { type Calls, readCalls } from './read-calls.ts';
import type { RoutesOptions } from './routes-options.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The procedures that it calls, for the log. */
    procedures: readonly string[];
  }
}

const PREFIX = '/trpc/';
const STREAMED = 'application/jsonl';
const OTHER_BODIES = /^(?:multipart\/form-data|application\/octet-stream) *(?:;|$)/i;

/**
 * The procedures, as `@trpc/client` calls them. JSON calls and their batches are answered here, with a fraction of
 * the work that the library's adapters do for each request; subscriptions, streamed batches and other bodies are
 * left to the library.
 */
export async function trpcRoutes(server: FastifyInstance, options: RoutesOptions): Promise<void> {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  // Other bodies stay streams: the library reads them, or nobody does.
  server.addContentTypeParser('*', (_request, _body, done) => done(null));

  const handle = (request: FastifyRequest, reply: FastifyReply) => answer(options, request, reply);
  server.get(`${PREFIX}*`, { exposeHeadRoute: false }, handle);
  server.post(`${PREFIX}*`, handle);
  server.head(`${PREFIX}*`, (_request, reply) => reply.status(204).send());
}

async function answer(
  options: RoutesOptions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const body = Buffer.isBuffer(request.body) ? request.body : null;
  const isPost = request.method === 'POST';
  const isOtherBody = isPost && body === null;
  if (isOtherBody && !OTHER_BODIES.test(request.headers['content-type'] ?? '')) {
    throw inputRefused('The body has to be application/json', 'UNSUPPORTED_MEDIA_TYPE');
  }
  const calls = readCalls({ target: request.url.slice(PREFIX.length), body }, options.limits);
  // A caller's inventions do not belong into the log.
  request.procedures = calls.paths.map((path) => (options.procedures.has(path) ? path : 'unknown'));
  if (isOtherBody || isStreamed(options, request, calls)) {
    return await answerByLibrary(options, request, reply, { calls, body });
  }
  const answers = await callAll(options, request, reply, { ...calls, isRead: !isPost });
  reply.header('content-type', 'application/json; charset=utf-8').header('vary', 'trpc-accept, accept');
  const [first] = answers;
  if (!calls.isBatch && first !== undefined) return await reply.status(first.status).send(enveloped(first));
  const statuses = new Set(answers.map(({ status }) => status));
  reply.status(statuses.size === 1 && first !== undefined ? first.status : 207);
  return await reply.send(`[${answers.map(enveloped).join(',')}]`);
}

function isStreamed({ procedures }: RoutesOptions, { headers }: FastifyRequest, calls: Calls): boolean {
  const [path = ''] = calls.paths;
  if (!calls.isBatch && procedures.get(path)?.type === 'subscription') return true;
  return headers['trpc-accept'] === STREAMED || (headers.accept?.includes(STREAMED) ?? false);
}

function enveloped({ data, failure }: Answer): string {
  return JSON.stringify(failure === null ? { result: { data } } : { error: failure });
}

import type { AnyTRPCRouter } from '@trpc/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerByLibrary } from './answer-by-library.ts';
import { type Answer, callProcedure } from './call-procedure.ts';
import { Deadline } from './deadline.ts';
import type { HttpLimits } from './http-limits.ts';
import { inputRefused } from './input-refused.ts';
import type { Observer } from './observer.ts';
import type { KnownProcedure } from './procedures-of.ts';
import { type Calls, readCalls } from './read-calls.ts';
import { type ContextDependencies, requestContext } from './request-context.ts';

export interface TrpcRoutesOptions extends ContextDependencies {
  readonly router: AnyTRPCRouter;
  readonly procedures: ReadonlyMap<string, KnownProcedure>;
  readonly limits: HttpLimits;
  readonly observer: Observer;
}

const PREFIX = '/trpc/';
const STREAMED = 'application/jsonl';
const OTHER_BODIES = /^(?:multipart\/form-data|application\/octet-stream) *(?:;|$)/i;

/**
 * The procedures, as `@trpc/client` calls them. JSON calls and their batches are answered here, with a fraction of
 * the work that the library's adapters do for each request; subscriptions, streamed batches and other bodies are
 * left to the library.
 */
export async function trpcRoutes(server: FastifyInstance, options: TrpcRoutesOptions): Promise<void> {
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
  options: TrpcRoutesOptions,
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
  request.procedures = calls.paths;
  if (isOtherBody || isStreamed(options, request, calls)) {
    return await answerByLibrary(options, request, reply, { calls, body });
  }
  const answers = await callAll(options, request, reply, calls);
  reply.header('content-type', 'application/json; charset=utf-8').header('vary', 'trpc-accept, accept');
  const [first] = answers;
  if (!calls.isBatch && first !== undefined) return await reply.status(first.status).send(first.json);
  const statuses = new Set(answers.map(({ status }) => status));
  reply.status(statuses.size === 1 && first !== undefined ? first.status : 207);
  return await reply.send(`[${answers.map(({ json }) => json).join(',')}]`);
}

function isStreamed({ procedures }: TrpcRoutesOptions, { headers }: FastifyRequest, calls: Calls): boolean {
  const [path = ''] = calls.paths;
  if (!calls.isBatch && procedures.get(path)?.type === 'subscription') return true;
  return headers['trpc-accept'] === STREAMED || (headers.accept?.includes(STREAMED) ?? false);
}

async function callAll(
  options: TrpcRoutesOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  calls: Calls,
): Promise<Answer[]> {
  const { procedures, limits, observer } = options;
  const { authenticate, ...ctx } = requestContext(options, {
    id: request.id,
    headers: request.headers,
    callCount: calls.paths.length,
  });
  let person: ReturnType<typeof authenticate> | undefined;
  // The calls of a batch come from one person.
  const authenticateOnce = () => (person ??= authenticate());
  const queries: Deadline[] = [];
  // Nobody reads the answer of a client that went away; what it asked to be changed is still changed.
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) for (const deadline of queries) deadline.giveUp();
  });
  return await Promise.all(
    calls.paths.map((path, index) => {
      const procedure = procedures.get(path);
      const deadline = new Deadline(limits.callTimeoutMs);
      if (procedure?.type === 'query') queries.push(deadline);
      return observer.call({ path, procedure, request }, () =>
        callProcedure({
          path,
          procedure,
          method: request.method === 'GET' ? 'GET' : 'POST',
          input: () => calls.inputOf(index),
          index,
          ctx: {
            ...ctx,
            authenticate: authenticateOnce,
            guard: (db) => observer.database(deadline.guard(db)),
          },
          deadline,
        }),
      );
    }),
  );
}

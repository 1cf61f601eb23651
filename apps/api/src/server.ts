import { type FastifyInstance, fastify, LogController } from 'fastify';
import type { Auth } from './auth.ts';
import { answerFailure, answerFailures } from './http/answer-failures.ts';
import { answerMalformed } from './http/answer-malformed.ts';
import { defaultHttpLimits, type HttpLimits } from './http/http-limits.ts';
import { inputRefused } from './http/input-refused.ts';
import { createMetrics, type Metrics } from './http/metrics.ts';
import { createObserver } from './http/observer.ts';
import { proceduresOf } from './http/procedures-of.ts';
import { type ContextDependencies, requestContext } from './http/request-context.ts';
import { requestId } from './http/request-id.ts';
import { trpcRoutes } from './http/trpc-routes.ts';
import { documentRoutes } from './modules/documents/routes.ts';
import { registerAuth } from './register-auth.ts';
import { appRouter } from './router.ts';

/** What the server is made of; whoever makes it also closes the database and the services. */
export interface ServerDependencies extends ContextDependencies {
  readonly auth: Auth;
  /** The server's own when absent. */
  readonly metrics?: Metrics;
  /** Those that differ from the defaults. */
  readonly limits?: Partial<HttpLimits>;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The procedures that it calls, for the log. */
    procedures: readonly string[];
  }
}

/** The HTTP server of the API, which does not listen yet. */
export async function createServer(deps: ServerDependencies): Promise<FastifyInstance> {
  const { database, services, auth } = deps;
  const limits = { ...defaultHttpLimits, ...deps.limits };
  const metrics = deps.metrics ?? createMetrics({ pool: database.pool, changes: services.changes });
  const observer = createObserver(metrics);
  const server = fastify({
    loggerInstance: services.log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestId,
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestTimeoutMs,
    clientErrorHandler: answerMalformed,
    // Malformed URLs, before there is a route.
    frameworkErrors: (_error, request, reply) =>
      void answerFailure(inputRefused('The URL is not percent-encoded UTF-8'), request, reply),
  });
  server.decorateRequest('procedures');
  answerFailures(server, limits);
  await server.register(trpcRoutes, {
    ...deps,
    router: appRouter,
    procedures: proceduresOf(appRouter),
    limits,
    observer,
  });
  await registerAuth(server, auth);
  await server.register(documentRoutes, {
    contextOf: ({ id, headers }) => requestContext(deps, { id, headers, callCount: 1 }),
  });
  return server;
}

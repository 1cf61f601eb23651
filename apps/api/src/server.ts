import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import { type FastifyInstance, fastify, LogController } from 'fastify';
import type { Auth } from './auth.ts';
import { answerFailure, answerFailures } from './http/answer-failures.ts';
import { answerMalformed } from './http/answer-malformed.ts';
import { closeQuietConnections } from './http/close-quiet-connections.ts';
import { consoleRoutes } from './http/console-routes.ts';
import { healthRoutes } from './http/health-routes.ts';
import { defaultHttpLimits, type HttpLimits } from './http/http-limits.ts';
import { inputRefused } from './http/input-refused.ts';
import { createMetrics, type Metrics } from './http/metrics.ts';
import { observeRequests } from './http/observe-requests.ts';
import { createObserver } from './http/observer.ts';
import { proceduresOf } from './http/procedures-of.ts';
import { rateLimits } from './http/rate-limits.ts';
import { type ContextDependencies, requestContext } from './http/request-context.ts';
import { requestId } from './http/request-id.ts';
import { restRoutes } from './http/rest-routes.ts';
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
  /** Where people's browsers are. */
  readonly appUrl: string;
  /** The built console to serve; no pages when absent. */
  readonly consoleDirectory?: string;
  /** Whose pages may call from a browser beside those of `appUrl`. */
  readonly corsOrigins?: readonly string[];
  /** The addresses of the proxies in front, whose word about the client's address is taken; none when absent. */
  readonly trustProxy?: string;
  /** Whether the process is about to end, though requests are still answered. */
  readonly isStopping?: () => boolean;
}

const ALLOWED_HEADERS = [
  'authorization',
  'content-type',
  'idempotency-key',
  'trpc-accept',
  'x-api-key',
  'x-content-sha256',
  'x-request-id',
  'x-workspace-id',
];
const EXPOSED_HEADERS = ['content-disposition', 'etag', 'retry-after', 'x-request-id'];

/** The HTTP server of the API, which does not listen yet. */
export async function createServer(deps: ServerDependencies): Promise<FastifyInstance> {
  const { database, services, auth, appUrl, corsOrigins = [], trustProxy = false } = deps;
  const limits = { ...defaultHttpLimits, ...deps.limits };
  const metrics = deps.metrics ?? createMetrics({ pool: database.pool, changes: services.changes });
  const observer = createObserver(metrics);
  const server = fastify({
    loggerInstance: services.log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestId,
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestTimeoutMs,
    // Node looks for requests that are late only now and then, by itself every half a minute.
    http: {
      headersTimeout: Math.min(limits.headersTimeoutMs, limits.requestTimeoutMs),
      connectionsCheckingInterval: Math.min(limits.requestTimeoutMs, 5_000),
    },
    trustProxy,
    // What is running is finished, also on connections that are kept open.
    forceCloseConnections: false,
    return503OnClosing: false,
    clientErrorHandler: answerMalformed,
    frameworkErrors: (_error, request, reply) =>
      void answerFailure(inputRefused('The URL is not percent-encoded UTF-8'), request, reply),
  });
  const closeConnections = closeQuietConnections(server.server);
  let isClosing = false;
  server.addHook('preClose', async () => {
    isClosing = true;
    observer.endSubscriptions();
    closeConnections();
  });
  server.decorateRequest('procedures');
  answerFailures(server, limits);
  observeRequests(server, metrics);
  await server.register(helmet, {
    xFrameOptions: { action: 'deny' },
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
  });
  await server.register(cors, {
    origin: [new URL(appUrl).origin, ...corsOrigins],
    credentials: true,
    methods: ['GET', 'POST', 'PATCH', 'DELETE'],
    allowedHeaders: ALLOWED_HEADERS,
    exposedHeaders: EXPOSED_HEADERS,
    maxAge: 600,
  });
  await rateLimits(server, limits);
  await server.register(healthRoutes, {
    database,
    services,
    isStopping: () => isClosing || (deps.isStopping?.() ?? false),
  });
  const procedures = proceduresOf(appRouter);
  await server.register(trpcRoutes, { ...deps, router: appRouter, procedures, limits, observer });
  await server.register(restRoutes, { ...deps, router: appRouter, procedures, limits, observer });
  await registerAuth(server, { auth, appUrl });
  await server.register(documentRoutes, {
    contextOf: ({ id, headers }) => requestContext(deps, { id, headers, callCount: 1 }),
  });
  if (deps.consoleDirectory !== undefined) {
    await server.register(consoleRoutes, { directory: deps.consoleDirectory, limits });
  }
  return server;
}

import { randomUUID } from 'node:crypto';
import type { Database } from '@apms/db';
import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from '@trpc/server/adapters/fastify';
import { type FastifyInstance, type FastifyRequest, fastify } from 'fastify';
import type { Auth } from './auth.ts';
import type { Authenticate } from './authenticate.ts';
import type { RequestContext } from './context.ts';
import { documentRoutes } from './modules/documents/routes.ts';
import { registerAuth } from './register-auth.ts';
import { type AppRouter, appRouter } from './router.ts';
import type { Services } from './services.ts';

/** What the server is made of; whoever makes it also closes the database and the services. */
export interface ServerDependencies {
  readonly database: Database;
  readonly auth: Auth;
  readonly authenticate: Authenticate;
  readonly services: Services;
}

/** The HTTP server of the API, which does not listen yet. */
export async function createServer(deps: ServerDependencies): Promise<FastifyInstance> {
  const server = fastify({ loggerInstance: deps.services.log, genReqId: () => randomUUID() });
  await server.register(fastifyTRPCPlugin, {
    prefix: '/trpc',
    trpcOptions: {
      router: appRouter,
      createContext: ({ req, info }) => contextOf(deps, req, info.calls.length),
    } satisfies FastifyTRPCPluginOptions<AppRouter>['trpcOptions'],
  });
  await registerAuth(server, deps.auth);
  await server.register(documentRoutes, { contextOf: (request) => contextOf(deps, request, 1) });
  return server;
}

function contextOf(
  deps: ServerDependencies,
  { id, headers }: FastifyRequest,
  callCount: number,
): RequestContext {
  return {
    requestId: id,
    authenticate: () => deps.authenticate(headers),
    workspaceId: headerOf(headers['x-workspace-id']),
    idempotencyKey: headerOf(headers['idempotency-key']),
    callCount,
    database: deps.database,
    services: deps.services,
  };
}

function headerOf(value: string | string[] | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

import { randomUUID } from 'node:crypto';
import type { Database } from '@apms/db';
import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from '@trpc/server/adapters/fastify';
import { type FastifyInstance, fastify } from 'fastify';
import type { Authenticate } from './authenticate.ts';
import { type AppRouter, appRouter } from './router.ts';
import type { Services } from './services.ts';

/** What the server is made of; whoever makes it also closes the database and the services. */
export interface ServerDependencies {
  readonly database: Database;
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
      createContext: ({ req, info }) => ({
        requestId: req.id,
        authenticate: () => deps.authenticate(req.headers),
        workspaceId: headerOf(req.headers['x-workspace-id']),
        idempotencyKey: headerOf(req.headers['idempotency-key']),
        callCount: info.calls.length,
        database: deps.database,
        services: deps.services,
      }),
    } satisfies FastifyTRPCPluginOptions<AppRouter>['trpcOptions'],
  });
  return server;
}

function headerOf(value: string | string[] | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

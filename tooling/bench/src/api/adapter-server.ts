import {
  createLog,
  createMetrics,
  createObserver,
  defaultHttpLimits,
  openServices,
  proceduresOf,
  publicProcedure,
  readEnv,
  requestContext,
  router,
  trpcRoutes,
} from '@apms/api/adapter';
import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from '@trpc/server/adapters/fastify';
import { fastify } from 'fastify';
import { z } from 'zod';

// One router, served by the API's adapter or by the library's: procedures without a database, in a bare server.

const Site = z.object({ id: z.string(), name: z.string(), updatedAt: z.iso.datetime() });
const answer = { name: 'A site', updatedAt: '2026-01-01T00:00:00.000Z' };
const stub = router({
  read: publicProcedure
    .input(z.object({ siteId: z.string() }))
    .output(Site)
    .query(({ input }) => ({ ...answer, id: input.siteId })),
  write: publicProcedure
    .input(z.object({ siteId: z.string(), name: z.string() }))
    .output(Site)
    .mutation(({ input }) => ({ ...answer, id: input.siteId, name: input.name })),
});

process.on('message', (served: unknown) => {
  const opened = openServices(readEnv(process.env), createLog('silent'));
  const { database, services } = opened;
  const server = fastify();
  if (served === 'library') {
    const trpcOptions: FastifyTRPCPluginOptions<typeof stub>['trpcOptions'] = {
      router: stub,
      createContext: ({ req: { id, headers } }) => requestContext(opened, { id, headers, callCount: 1 }),
    };
    server.register(fastifyTRPCPlugin, { prefix: '/trpc', trpcOptions });
  } else {
    server.decorateRequest('procedures');
    const observer = createObserver(createMetrics({ pool: database.pool, changes: services.changes }));
    const procedures = proceduresOf(stub);
    server.register(trpcRoutes, { ...opened, router: stub, procedures, limits: defaultHttpLimits, observer });
  }
  void server.listen({ host: '127.0.0.1', port: 0 }).then((url) => process.send?.(url));
});

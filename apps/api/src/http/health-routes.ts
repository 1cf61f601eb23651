import type { FastifyInstance } from 'fastify';
import { checkHealth, type HealthContext } from '../modules/health/check-health.ts';

export interface HealthRoutesOptions extends HealthContext {
  /** Whether the process is about to end. */
  readonly isStopping: () => boolean;
}

/** `/livez`: the process runs. `/readyz`: it can do its work and wants some; 503 tells a balancer to ask others. */
export async function healthRoutes(server: FastifyInstance, options: HealthRoutesOptions): Promise<void> {
  const config = { rateLimit: false } as const;
  server.get('/livez', { config }, async () => ({ status: 'ok' }));
  server.get('/readyz', { config }, async (_request, reply) => {
    const { status, checks } = await checkHealth(options);
    const isReady = status === 'ok' && !options.isStopping();
    return await reply.status(isReady ? 200 : 503).send({
      status: isReady ? 'ok' : 'failing',
      checks: { ...checks, serving: !options.isStopping() },
    });
  });
}

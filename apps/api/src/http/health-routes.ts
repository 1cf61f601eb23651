import type { FastifyInstance } from 'fastify';
import { checkHealth, type HealthContext } from '../modules/health/check-health.ts';

export interface HealthRoutesOptions extends HealthContext {
  /** Whether the process is about to end. */
  readonly isStopping: () => boolean;
}

/** Anybody may ask, but not to keep the database busy. */
const BELIEVED_MS = 500;

/** `/livez`: the process runs. `/readyz`: it can do its work and wants some; 503 tells a balancer to ask others. */
export async function healthRoutes(server: FastifyInstance, options: HealthRoutesOptions): Promise<void> {
  const config = { rateLimit: false } as const;
  let latest: { readonly health: ReturnType<typeof checkHealth>; readonly at: number } | undefined;
  const checkAtMostOften = () => {
    if (latest === undefined || Date.now() - latest.at > BELIEVED_MS) {
      latest = { health: checkHealth(options), at: Date.now() };
    }
    return latest.health;
  };
  server.get('/livez', { config }, async () => ({ status: 'ok' }));
  server.get('/readyz', { config }, async (_request, reply) => {
    const { status, checks } = await checkAtMostOften();
    const isReady = status === 'ok' && !options.isStopping();
    return await reply.status(isReady ? 200 : 503).send({
      status: isReady ? 'ok' : 'failing',
      checks: { ...checks, serving: !options.isStopping() },
    });
  });
}

import { hash } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../errors.ts';
import type { HttpLimits } from './http-limits.ts';

const MINUTE_MS = 60_000;
/** Many people may share an address; nobody gets a fresh limit by inventing credentials. */
const SENDERS_PER_ADDRESS = 5;

/**
 * Refuses with RATE_LIMITED and `retry-after` whoever asks too much: by credential, else by address; the routes that
 * sign in by address alone. Each process counts for itself.
 */
export async function rateLimits(server: FastifyInstance, limits: HttpLimits): Promise<void> {
  server.addHook('onRoute', (route) => {
    if (!route.url.startsWith('/auth/') || route.method !== 'POST') return;
    const byAddress = { max: limits.signInsPerMinute, timeWindow: MINUTE_MS, keyGenerator: addressOf };
    route.config = { ...route.config, rateLimit: byAddress };
  });
  await server.register(rateLimit, {
    max: limits.requestsPerMinute,
    timeWindow: MINUTE_MS,
    cache: 20_000,
    keyGenerator: senderOf,
    errorResponseBuilder: (_request, { ttl }) => new AppError({ code: 'RATE_LIMITED', retryAfterMs: ttl }),
  });
  const ofAddress = server.createRateLimit({
    max: limits.requestsPerMinute * SENDERS_PER_ADDRESS,
    timeWindow: MINUTE_MS,
    keyGenerator: addressOf,
  });
  server.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.config.rateLimit === false || credentialOf(request) === undefined) return;
    const { isAllowed, ...found } = await ofAddress(request);
    if (isAllowed || !('isExceeded' in found) || !found.isExceeded) return;
    reply.header('retry-after', found.ttlInSeconds);
    throw new AppError({ code: 'RATE_LIMITED', retryAfterMs: found.ttl });
  });
}

function addressOf({ ip }: FastifyRequest): string {
  return ip;
}

/** Not the credential itself, which is no business of a cache. */
function senderOf(request: FastifyRequest): string {
  const credential = credentialOf(request);
  return credential === undefined ? request.ip : hash('sha1', credential, 'base64url');
}

function credentialOf({ headers }: FastifyRequest): string | undefined {
  const key = headers['x-api-key'];
  return typeof key === 'string' ? key : (headers.authorization ?? headers.cookie);
}

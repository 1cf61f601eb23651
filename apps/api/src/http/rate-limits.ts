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
 * sign in, and the console's pages and assets, by address alone. Each process counts for itself.
 */
export async function rateLimits(server: FastifyInstance, limits: HttpLimits): Promise<void> {
  server.addHook('onRoute', (route) => {
    const isSignIn = route.url.startsWith('/auth/') && route.method === 'POST';
    if (isSignIn) route.config = { ...route.config, rateLimit: byAddress(limits.signInsPerMinute) };
    // The library that serves them takes no configuration for its route.
    if (route.url === '/assets/*') route.config = { ...route.config, rateLimit: pagesLimit(limits) };
  });
  await server.register(rateLimit, {
    max: limits.requestsPerMinute,
    timeWindow: MINUTE_MS,
    cache: 20_000,
    keyGenerator: senderOf,
    errorResponseBuilder: (_request, { ttl }) => new AppError({ code: 'RATE_LIMITED', retryAfterMs: ttl }),
  });
  const ofAddress = server.createRateLimit(byAddress(limits.requestsPerMinute * SENDERS_PER_ADDRESS));
  server.addHook('onRequest', async (request, reply) => {
    // A route with a limit of its own, or none, does not use up that of the calls.
    if (request.routeOptions.config.rateLimit !== undefined || credentialOf(request) === undefined) return;
    const { isAllowed, ...found } = await ofAddress(request);
    if (isAllowed || !('isExceeded' in found) || !found.isExceeded) return;
    reply.header('retry-after', found.ttlInSeconds);
    throw new AppError({ code: 'RATE_LIMITED', retryAfterMs: found.ttl });
  });
}

/** What one address may ask for of the console's pages, or of its assets; that of the calls is not touched. */
export function pagesLimit(limits: HttpLimits) {
  return byAddress(limits.requestsPerMinute * SENDERS_PER_ADDRESS);
}

function byAddress(max: number) {
  return { max, timeWindow: MINUTE_MS, keyGenerator: addressOf };
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

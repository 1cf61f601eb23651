import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Auth, CLIENT_ADDRESS_HEADER, REQUEST_ID_HEADER } from './auth.ts';
import { AppError } from './errors.ts';
import { passwordPage, passwordPagePolicy } from './password-page.ts';

/** What of better-auth is offered to the outside; whatever else it or a plugin has is not found. */
const offered = {
  POST: [
    'sign-in/email',
    'sign-out',
    'request-password-reset',
    'reset-password',
    'change-password',
    'revoke-session',
    'revoke-sessions',
    'revoke-other-sessions',
  ],
  GET: ['get-session', 'list-sessions'],
} as const;

const BODY_LIMIT_BYTES = 16 * 1024;

/** Headers that say how a body came, which is not how it is passed on. */
const OF_THE_CONNECTION = new Set([
  'content-length',
  'transfer-encoding',
  'connection',
  'expect',
  CLIENT_ADDRESS_HEADER,
]);

export interface AuthRoutesOptions {
  readonly auth: Auth;
  /** Where people sign in. */
  readonly appUrl: string;
}

/** Answers under `/auth` with better-auth, and with the page for passwords. */
export async function registerAuth(
  server: FastifyInstance,
  { auth, appUrl }: AuthRoutesOptions,
): Promise<void> {
  const page = passwordPage(appUrl);
  await server.register(
    async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
        done(null, body);
      });
      scope.get('/password', (_request, reply) =>
        reply
          .header('content-security-policy', passwordPagePolicy)
          .header('referrer-policy', 'no-referrer')
          .header('cache-control', 'no-store')
          .type('text/html; charset=utf-8')
          .send(page),
      );
      for (const method of ['GET', 'POST'] as const) {
        for (const path of offered[method]) {
          scope.route({
            method,
            url: `/${path}`,
            bodyLimit: BODY_LIMIT_BYTES,
            handler: (request, reply) => answer(auth, request, reply),
          });
        }
      }
    },
    { prefix: '/auth' },
  );
}

async function answer(auth: Auth, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && !OF_THE_CONNECTION.has(name)) headers.set(name, String(value));
  }
  headers.set(CLIENT_ADDRESS_HEADER, request.ip);
  headers.set(REQUEST_ID_HEADER, request.id);
  // A browser names the origin of every POST. Node's fetch names none, and is no browser whatever its mode.
  if (!headers.has('origin')) headers.delete('sec-fetch-mode');
  const body = typeof request.body === 'string' ? { body: request.body } : {};
  // The address is the configured one, whatever host the request claims.
  const url = new URL(request.url, auth.options.baseURL);
  const response = await handle(auth, new Request(url, { method: request.method, headers, ...body }));
  reply.status(response.status);
  for (const [name, value] of response.headers) if (name !== 'set-cookie') reply.header(name, value);
  const retryAfter = response.headers.get('x-retry-after');
  if (retryAfter !== null) reply.header('retry-after', retryAfter);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) reply.header('set-cookie', cookies);
  reply.header('cache-control', 'no-store');
  return reply.send(await response.text());
}

/** What Prisma says when the database cannot be reached or its connections are all in use. */
const Unreachable = z.object({ code: z.enum(['P1001', 'P1002', 'P1008', 'P1017', 'P2024']) });

/** @throws {AppError} DATABASE_UNAVAILABLE, INTERNAL; what a caller did wrong is in the response */
async function handle(auth: Auth, request: Request): Promise<Response> {
  try {
    return await auth.handler(request);
  } catch (cause) {
    const code = Unreachable.safeParse(cause).success ? 'DATABASE_UNAVAILABLE' : 'INTERNAL';
    throw new AppError({ code }, { cause });
  }
}

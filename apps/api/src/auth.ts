import { type Database, newId } from '@apms/db';
import { apiKey } from '@better-auth/api-key';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { betterAuth } from 'better-auth/minimal';
import { bearer } from 'better-auth/plugins/bearer';
import type { FastifyBaseLogger } from 'fastify';
import { z } from 'zod';
import type { AccessCache } from './access-cache.ts';
import { createAttemptLimiter } from './attempt-limiter.ts';
import type { Mailer } from './mailer.ts';
import { API_KEY_PREFIX } from './modules/api-keys/new-api-key.ts';
import { passwordLink } from './password-links.ts';
import { recordAccountEvent } from './record-account-event.ts';
import { recordSignIn } from './record-sign-in.ts';
import { createSignInGuard, type SignInAttempt } from './sign-in-guard.ts';

export interface AuthOptions {
  readonly database: Database;
  /** Signs sessions: at least 32 characters, the same in every process. */
  readonly secret: string;
  /** Where the API is reached from outside; cookies are `Secure` when it is https. */
  readonly apiUrl: string;
  /** The origins of the web applications, whose pages may use the cookie like the API's own. */
  readonly trustedOrigins: readonly string[];
  readonly mailer: Mailer;
  readonly accessCache: AccessCache;
  readonly log: FastifyBaseLogger;
  /** The most attempts to sign in from one address in ten seconds; 5 when absent. */
  readonly signInsPerAddress?: number;
}

/** How long a session lasts without use, and how often its use prolongs it. */
export const SESSION_SECONDS = 7 * 24 * 60 * 60;
export const SESSION_UPDATE_SECONDS = 24 * 60 * 60;

/** The header in which the server passes on from where a request came; one that a client sent is overwritten. */
export const CLIENT_ADDRESS_HEADER = 'x-apms-client-address';

/** The header in which the server passes on the id of a request; one that a client sent is overwritten. */
export const REQUEST_ID_HEADER = 'x-request-id';

const RESET_LINK_SECONDS = 60 * 60;

const SignIn = z.object({ email: z.string() });

export type Auth = ReturnType<typeof createAuth>;

/**
 * better-auth over the API's tables. Accounts are made by administrators only; what it offers to the outside is
 * listed in {@link registerAuth}.
 */
export function createAuth(options: AuthOptions) {
  const {
    database,
    secret,
    apiUrl,
    trustedOrigins,
    mailer,
    accessCache,
    log,
    signInsPerAddress = 5,
  } = options;
  const { prisma } = database;
  const limiter = createAttemptLimiter();
  const guard = createSignInGuard(limiter);
  if (secret.length < 32) throw new RangeError('the secret of sessions needs at least 32 characters');

  return betterAuth({
    database: prismaAdapter(prisma, { provider: 'postgresql' }),
    secret,
    baseURL: apiUrl,
    basePath: '/auth',
    trustedOrigins: [...trustedOrigins],
    telemetry: { enabled: false },
    // What nobody expected is answered and logged as everywhere in the API.
    onAPIError: { throw: true },
    logger: {
      log: (level, message, ...details) => log[level]({ details }, `better-auth: ${message}`),
    },
    verification: { storeIdentifier: 'hashed' },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 12,
      maxPasswordLength: 128,
      resetPasswordTokenExpiresIn: RESET_LINK_SECONDS,
      revokeSessionsOnPasswordReset: true,
      // Not awaited: how long an answer takes tells nobody whether there is an account.
      sendResetPassword: async ({ user, token }) => {
        void sendResetLink(user.id, token).catch((error: unknown) => {
          log.error({ err: error, userId: user.id }, 'a link for a new password was not sent');
        });
      },
      // Whoever has the link has the mailbox; the first password makes an invited person's account usable.
      onPasswordReset: async ({ user }, request) => {
        await prisma.user.updateMany({
          where: { id: user.id, status: 'PENDING' },
          data: { status: 'ACTIVE', emailVerified: true },
        });
        const requestId = request?.headers.get(REQUEST_ID_HEADER) ?? '';
        await recordAccountEvent(database, { action: 'auth.resetPassword', userId: user.id, requestId });
      },
    },
    session: { expiresIn: SESSION_SECONDS, updateAge: SESSION_UPDATE_SECONDS, freshAge: 0 },
    databaseHooks: {
      session: {
        create: {
          before: async ({ userId }) => {
            const user = await prisma.user.findUnique({ where: { id: userId }, select: { status: true } });
            if (user?.status === 'ACTIVE') return;
            throw new APIError('FORBIDDEN', {
              code: 'ACCOUNT_NOT_ACTIVE',
              message: `The account is ${user?.status ?? 'gone'}: an administrator can activate it.`,
            });
          },
        },
        delete: { after: async ({ userId }) => accessCache.forget([userId]) },
      },
    },
    hooks: {
      before: createAuthMiddleware(async ({ path, body, headers }) => {
        const attempt = signInAttempt(path, body, headers);
        if (attempt === null) return;
        const { allowed, retryAfter } = guard.admit(attempt);
        if (allowed) return;
        throw new APIError(
          'TOO_MANY_REQUESTS',
          {
            code: 'TOO_MANY_ATTEMPTS',
            message: 'Too many attempts: try again later, or set a new password.',
          },
          { 'x-retry-after': String(retryAfter) },
        );
      }),
      after: createAuthMiddleware(async ({ path, body, headers, context }) => {
        const failure = context.returned instanceof APIError ? context.returned : null;
        const requestId = headers?.get(REQUEST_ID_HEADER) ?? '';
        const userId = context.session?.user.id;
        if (path === '/change-password' && failure === null && userId !== undefined) {
          await recordAccountEvent(database, { action: 'auth.changePassword', userId, requestId });
        }
        const attempt = signInAttempt(path, body, headers);
        if (attempt === null) return;
        // Whatever is malformed is no attempt.
        if (failure !== null && ![401, 403].includes(failure.statusCode)) return;
        if (failure === null) guard.succeeded(attempt);
        await recordSignIn(database, {
          ...attempt,
          failure: failure === null ? null : (failure.body?.code ?? failure.message),
          requestId,
        });
      }),
    },
    rateLimit: {
      enabled: true,
      customStorage: { consume: async (key, rule) => limiter.consume(key, rule) },
      window: 60,
      max: 120,
      customRules: {
        '/sign-in/email': { window: 10, max: signInsPerAddress },
        '/request-password-reset': { window: 60, max: 5 },
        '/reset-password': { window: 60, max: 10 },
        '/change-password': { window: 60, max: 10 },
      },
    },
    advanced: {
      cookiePrefix: 'apms',
      useSecureCookies: new URL(apiUrl).protocol === 'https:',
      // Said, because the library leaves them out where it believes to be tested.
      disableCSRFCheck: false,
      disableOriginCheck: false,
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
      database: { generateId: () => newId() },
    },
    plugins: [
      bearer({ requireSignature: true }),
      apiKey({
        defaultPrefix: API_KEY_PREFIX,
        enableMetadata: true,
        rateLimit: { enabled: false },
        schema: { apikey: { modelName: 'apiKey' } },
      }),
    ],
  });

  async function sendResetLink(userId: string, token: string): Promise<void> {
    const user = await prisma.user.findUnique({ where: { id: userId } });
    // Others get their first or next password from an administrator.
    if (user?.status !== 'ACTIVE') return;
    await mailer.send({
      to: user.email,
      subject: 'A new password for APMS',
      text: `Hello ${user.name},\n\nset a new password here:\n\n${passwordLink(apiUrl, token)}\n\nThe link is good once and for one hour. If you did not ask for it, do nothing.\n`,
    });
  }
}

/** Null when a request does not try a password. */
function signInAttempt(path: string, body: unknown, headers: Headers | undefined): SignInAttempt | null {
  const signIn = SignIn.safeParse(body);
  if (path !== '/sign-in/email' || !signIn.success) return null;
  return {
    email: signIn.data.email.toLowerCase(),
    address: headers?.get(CLIENT_ADDRESS_HEADER) ?? '',
  };
}

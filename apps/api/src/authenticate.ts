import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Database } from '@apms/db';
import type { AccessCache } from './access-cache.ts';
import { type Auth, SESSION_SECONDS, SESSION_UPDATE_SECONDS } from './auth.ts';
import { type Credential, readCredential } from './credential.ts';
import { AppError } from './errors.ts';
import { type FoundPerson, findPerson } from './find-person.ts';
import type { Person } from './person.ts';
import type { Services } from './services.ts';

/**
 * The account behind a request's credential: a session (cookie, or `Authorization: Bearer`) or an API key
 * (`x-api-key`); null when there is none or it is not valid.
 * @throws {AppError} ACCOUNT_NOT_ACTIVE
 */
export type Authenticate = (headers: IncomingHttpHeaders) => Promise<Person | null>;

export interface AuthenticateOptions {
  readonly auth: Auth;
  readonly database: Database;
  readonly accessCache: AccessCache;
  readonly services: Pick<Services, 'log' | 'clock'>;
}

/** How often the use of an API key is noted, in ms. */
const NOTED_EVERY_MS = 5 * 60_000;

/** Answers from memory as long as news of changes arrive, else with one round trip to the database. */
export function createAuthenticate(options: AuthenticateOptions): Authenticate {
  const { auth, database, accessCache, services } = options;

  return async (headers) => {
    const { authCookies, secret, trustedOrigins } = await auth.$context;
    const cookieName = authCookies.sessionToken.name;
    const credential = readCredential(headers, { cookieName, secret, trustedOrigins });
    if (credential === null) return null;
    const hash = createHash('sha256').update(`${credential.kind} ${credential.lookup}`).digest('base64');
    const known = accessCache.get(hash);
    if (known !== undefined) return known;

    const keep = accessCache.startReading();
    const now = services.clock();
    const found = await findPerson(database, credential, now);
    if (found === null) return null;
    const { userId, email, name, status, memberships, expiresAt } = found;
    if (status !== 'ACTIVE') throw new AppError({ code: 'ACCOUNT_NOT_ACTIVE', status });
    const person: Person = {
      userId,
      email,
      name,
      credential: credential.kind === 'apiKey' ? 'apiKey' : 'session',
      memberships,
    };
    keep(hash, person, expiresAt);
    noteUse(database, credential, found, now)?.catch((error: unknown) => {
      services.log.warn({ err: error }, 'the use of a credential was not noted');
    });
    return person;
  };
}

/**
 * Notes at long intervals that a credential is in use: when a key was, and that a session goes on. A cookie is
 * prolonged by `GET /auth/get-session`, for the browser has to be given the new one.
 */
function noteUse(
  { prisma }: Database,
  { kind }: Credential,
  { credentialId: id, expiresAt, usedAt }: FoundPerson,
  now: Date,
): Promise<unknown> | undefined {
  if (kind === 'apiKey') {
    if (usedAt !== null && now.getTime() - usedAt.getTime() < NOTED_EVERY_MS) return undefined;
    return prisma.apiKey.updateMany({ where: { id }, data: { lastRequest: now } });
  }
  if (kind === 'cookie' || expiresAt === null) return undefined;
  const sinceMs = now.getTime() + SESSION_SECONDS * 1000 - expiresAt.getTime();
  if (sinceMs < SESSION_UPDATE_SECONDS * 1000) return undefined;
  const prolonged = new Date(now.getTime() + SESSION_SECONDS * 1000);
  return prisma.session.updateMany({ where: { id }, data: { expiresAt: prolonged } });
}

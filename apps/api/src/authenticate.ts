import type { IncomingHttpHeaders } from 'node:http';
import type { Person } from './context.ts';

/**
 * The account behind a request's credential: a session (cookie, or `Authorization: Bearer`) or an API key
 * (`x-api-key`); null when there is none or it is not valid.
 * @throws {AppError} ACCOUNT_NOT_ACTIVE
 */
export type Authenticate = (headers: IncomingHttpHeaders) => Promise<Person | null>;

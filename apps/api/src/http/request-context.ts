import type { IncomingHttpHeaders } from 'node:http';
import type { Database, WorkspaceDb } from '@apms/db';
import type { Authenticate } from '../authenticate.ts';
import type { RequestContext } from '../context.ts';
import type { Services } from '../services.ts';
import { inputRefused } from './input-refused.ts';

/** What requests are answered with. */
export interface ContextDependencies {
  readonly database: Database;
  readonly authenticate: Authenticate;
  readonly services: Services;
}

export interface ContextRequest {
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly callCount: number;
  /** What every use of a workspace's rows goes through; nothing when absent. */
  readonly guard?: (db: WorkspaceDb) => WorkspaceDb;
}

/** What is kept, and indexed, for a day. */
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * The context of one request. Each look at `authenticate` is a new one.
 * @throws {TRPCError} BAD_REQUEST when the idempotency key is none
 */
export function requestContext(
  { database, authenticate, services }: ContextDependencies,
  { id, headers, callCount, guard = (db) => db }: ContextRequest,
): RequestContext {
  return {
    requestId: id,
    authenticate: () => authenticate(headers),
    workspaceId: headerOf(headers['x-workspace-id']),
    idempotencyKey: idempotencyKeyOf(headers),
    callCount,
    database,
    services,
    guard,
  };
}

function idempotencyKeyOf(headers: IncomingHttpHeaders): string | null {
  const key = headerOf(headers['idempotency-key']);
  if (key === null || IDEMPOTENCY_KEY.test(key)) return key;
  throw inputRefused('An idempotency-key has 1 to 255 visible ASCII characters');
}

function headerOf(value: string | string[] | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

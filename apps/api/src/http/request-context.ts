import type { IncomingHttpHeaders } from 'node:http';
import type { Database, WorkspaceDb } from '@apms/db';
import type { Authenticate } from '../authenticate.ts';
import type { RequestContext } from '../context.ts';
import type { Services } from '../services.ts';

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

/** The context of one request. Each look at `authenticate` is a new one. */
export function requestContext(
  { database, authenticate, services }: ContextDependencies,
  { id, headers, callCount, guard = (db) => db }: ContextRequest,
): RequestContext {
  return {
    requestId: id,
    authenticate: () => authenticate(headers),
    workspaceId: headerOf(headers['x-workspace-id']),
    idempotencyKey: headerOf(headers['idempotency-key']),
    callCount,
    database,
    services,
    guard,
  };
}

function headerOf(value: string | string[] | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

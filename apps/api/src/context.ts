import type { Database, WorkspaceDb } from '@apms/db';
import type { Actor, Person } from './person.ts';
import type { Services } from './services.ts';

/** What every call starts with, before anything is decided about the caller. */
export interface RequestContext {
  readonly requestId: string;
  /** The account behind the request's credential; null for none. @throws {AppError} ACCOUNT_NOT_ACTIVE */
  readonly authenticate: () => Promise<Person | null>;
  readonly workspaceId: string | null;
  readonly idempotencyKey: string | null;
  /** How many procedures the request calls. */
  readonly callCount: number;
  readonly database: Database;
  readonly services: Services;
  /** Puts the request's time limit on whatever it does with the rows of a workspace. */
  readonly guard: (db: WorkspaceDb) => WorkspaceDb;
}

/** What domain functions of a person outside any workspace get. */
export interface PersonContext {
  readonly person: Person;
  readonly database: Database;
  readonly services: Services;
  readonly now: Date;
  readonly requestId: string;
}

/**
 * What domain functions of a workspace get: a database that shows this workspace and no other. There is no way from
 * it to another workspace, so a function that takes this context cannot leak one.
 */
export interface WorkspaceContext {
  readonly db: WorkspaceDb;
  readonly actor: Actor;
  readonly services: Services;
  /** When the call came in; the same moment for everything it writes. */
  readonly now: Date;
  readonly requestId: string;
}

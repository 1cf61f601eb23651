import { createHash } from 'node:crypto';
import type { Permission } from '@apms/validators';
import type { RequestContext, WorkspaceContext } from './context.ts';
import { AppError } from './errors.ts';
import { onceFor } from './idempotency.ts';
import { isPermitted } from './permissions.ts';
import type { Actor, Person } from './person.ts';

/**
 * What a domain function of the workspace that the request names gets, once its sender may go there.
 * @throws {AppError} UNAUTHENTICATED, ACCOUNT_NOT_ACTIVE, WORKSPACE_REQUIRED, WORKSPACE_NOT_FOUND, PERMISSION_DENIED
 */
export async function enterWorkspace(
  request: RequestContext,
  permission: Permission,
): Promise<WorkspaceContext> {
  const actor = validateWorkspaceAccess(await requirePerson(request), request.workspaceId, permission);
  const { services, database, requestId, guard } = request;
  const db = guard(database.inWorkspace({ workspaceId: actor.workspaceId, userId: actor.userId }));
  return { db, actor, services, now: services.clock(), requestId };
}

/** The account behind the request. @throws {AppError} UNAUTHENTICATED, ACCOUNT_NOT_ACTIVE */
export async function requirePerson(request: RequestContext): Promise<Person> {
  const person = await request.authenticate();
  if (person === null) throw new AppError({ code: 'UNAUTHENTICATED' });
  return person;
}

/**
 * The person as a member of the workspace who holds the permission.
 * @throws {AppError} WORKSPACE_REQUIRED, WORKSPACE_NOT_FOUND, PERMISSION_DENIED
 */
export function validateWorkspaceAccess(
  { memberships, ...account }: Person,
  workspaceId: string | null,
  permission: Permission,
): Actor {
  if (workspaceId === null) throw new AppError({ code: 'WORKSPACE_REQUIRED' });
  const membership = memberships.find((candidate) => candidate.workspaceId === workspaceId);
  if (membership === undefined) throw new AppError({ code: 'WORKSPACE_NOT_FOUND', workspaceId });
  if (!isPermitted(membership.roles, permission))
    throw new AppError({ code: 'PERMISSION_DENIED', permission });
  return { ...account, ...membership };
}

/** A mutation as its sender may repeat it. */
export interface RepeatableCall {
  /** Null when the sender gave none: then every call is a new one. */
  readonly key: string | null;
  readonly procedure: string;
  /** The same key with another input is a mistake. */
  readonly input: unknown;
}

/** The same context, in which a transaction happens once for a key ({@link onceFor}). */
export function repeatable(
  ctx: WorkspaceContext,
  { key, procedure, input }: RepeatableCall,
): WorkspaceContext {
  if (key === null) return ctx;
  const requestHash = createHash('sha256')
    .update(JSON.stringify(input ?? null))
    .digest('hex');
  return { ...ctx, db: onceFor({ key, procedure, requestHash, now: ctx.now }, ctx.db) };
}

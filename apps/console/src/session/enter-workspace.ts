import { isAppError } from '@apms/client';
import type { Me, Permission } from '@apms/validators';
import { redirect } from '@tanstack/react-router';
import { meQuery, type SessionApi } from '../api/session-api.ts';
import { createWorkspaceApi, type WorkspaceApi } from '../api/workspace-api.ts';
import { forgetDrafts } from './drafts.ts';

/** Whoever is signed in. */
export type SignedIn = Me;

/** A workspace of theirs, with what they may do in it. */
export type EnteredWorkspace = Me['workspaces'][number];

const entered = new Map<string, WorkspaceApi>();

/** Who is signed in. @throws a redirect to the page for signing in, which comes back to `href`, when nobody is */
export async function requireSignedIn(session: SessionApi, href: string): Promise<SignedIn> {
  try {
    return await session.queryClient.fetchQuery(meQuery(session));
  } catch (error) {
    if (!isAppError(error, 'UNAUTHENTICATED')) throw error;
    throw redirect({ to: '/sign-in', search: { next: href } });
  }
}

/** The API in a workspace for one person; the same from one page to the next, so that what was read is kept. */
export function apiOfWorkspace(me: SignedIn, workspaceId: string): WorkspaceApi {
  const key = `${me.id} ${workspaceId}`;
  const known = entered.get(key);
  if (known !== undefined) return known;
  const api = createWorkspaceApi(workspaceId);
  entered.set(key, api);
  return api;
}

/** Forgets everything that was read of any workspace or entered in it, for whoever signs in next. */
export function leaveWorkspaces(): void {
  forgetDrafts();
  for (const { queryClient } of entered.values()) queryClient.clear();
  entered.clear();
}

/** For a route's `beforeLoad`. @throws {NotPermitted} shown as a page that names the permission */
export function requirePermission({ permissions }: EnteredWorkspace, permission: Permission): void {
  if (!permissions.includes(permission)) throw new NotPermitted(permission);
}

/** There is no such workspace, or the person is not a member of it: not told apart. */
export class WorkspaceNotFound extends Error {
  override readonly name = 'WorkspaceNotFound';
  readonly workspaceCode: string;
  readonly me: SignedIn;

  constructor(workspaceCode: string, me: SignedIn) {
    super(workspaceCode);
    this.workspaceCode = workspaceCode;
    this.me = me;
  }
}

export class NotPermitted extends Error {
  override readonly name = 'NotPermitted';
  readonly permission: Permission;

  constructor(permission: Permission) {
    super(permission);
    this.permission = permission;
  }
}

import type { Permission } from '@apms/validators';
import { getRouteApi } from '@tanstack/react-router';
import type { WorkspaceApi } from '../api/workspace-api.ts';
import type { EnteredWorkspace, SignedIn } from './enter-workspace.ts';

const route = getRouteApi('/w/$workspaceCode');

/** The workspace of the page, who is looking at it, and the API in it. */
export interface WorkspaceOfPage extends WorkspaceApi {
  readonly me: SignedIn;
  readonly workspace: EnteredWorkspace;
  /** Whether the person's roles include it. The API asks the same: this only decides what is offered. */
  readonly can: (permission: Permission) => boolean;
}

export function useWorkspace(): WorkspaceOfPage {
  const { me, workspace, api } = route.useRouteContext();
  return { ...api, me, workspace, can: (permission) => workspace.permissions.includes(permission) };
}

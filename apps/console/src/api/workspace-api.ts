import { type ApmsClient, type AppRouter, type ClientOptions, createClient } from '@apms/client';
import type { QueryClient } from '@tanstack/react-query';
import { createTRPCOptionsProxy, type TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { askToSignIn } from '../session/ask-to-sign-in.ts';
import { createQueryClient } from './create-query-client.ts';

/** The API in one workspace. Nothing that was read in another is ever in its cache. */
export interface WorkspaceApi {
  /** For what is not a procedure: uploads. */
  readonly options: ClientOptions;
  readonly client: ApmsClient;
  readonly queryClient: QueryClient;
  /** Options of every procedure for TanStack Query: `trpc.workflows.get.queryOptions({ workflowId })`. */
  readonly trpc: TRPCOptionsProxy<AppRouter>;
}

export function createWorkspaceApi(workspaceId: string): WorkspaceApi {
  const options: ClientOptions = {
    url: location.origin,
    credential: { kind: 'cookie' },
    workspaceId,
    whenSignedOut: askToSignIn,
  };
  const client = createClient(options);
  const queryClient = createQueryClient();
  return { options, client, queryClient, trpc: createTRPCOptionsProxy<AppRouter>({ client, queryClient }) };
}

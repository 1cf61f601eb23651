import { type ApmsClient, createClient } from '@apms/client';
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { createQueryClient } from './create-query-client.ts';

/** What is asked of the API before a workspace is entered: who is signed in, and where they may go. */
export interface SessionApi {
  readonly client: ApmsClient;
  readonly queryClient: QueryClient;
}

export function createSessionApi(): SessionApi {
  return {
    client: createClient({ url: location.origin, credential: { kind: 'cookie' } }),
    queryClient: createQueryClient(),
  };
}

/** The person who is signed in; fails with UNAUTHENTICATED when nobody is. */
export function meQuery({ client }: SessionApi) {
  return queryOptions({
    queryKey: ['me'],
    queryFn: ({ signal }) => client.users.me.query({}, { signal }),
    staleTime: 60_000,
  });
}

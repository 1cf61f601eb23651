import { QueryClient } from '@tanstack/react-query';

/** The API's client repeats by itself what may succeed in a moment: nothing is repeated a second time here. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // The browser's own opinion about the network is no reason not to try.
      queries: { retry: false, staleTime: 5_000, gcTime: 10 * 60_000, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

import { createRouter } from '@tanstack/react-router';
import { routeTree } from '../generated/route-tree.ts';
import type { RouterContext } from './router-context.ts';
import { PageError } from './ui/page-error.tsx';
import { PageLoading } from './ui/page-loading.tsx';
import { PageNotFound } from './ui/page-not-found.tsx';

export function createConsoleRouter(context: RouterContext) {
  return createRouter({
    routeTree,
    context,
    // What is read is kept by TanStack Query, which knows better when it is old.
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultPendingMs: 300,
    defaultErrorComponent: PageError,
    defaultPendingComponent: PageLoading,
    defaultNotFoundComponent: PageNotFound,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}

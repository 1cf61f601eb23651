import { createRootRouteWithContext, Outlet } from '@tanstack/react-router';
import type { RouterContext } from '../router-context.ts';
import { PageError } from '../ui/page-error.tsx';
import { PageNotFound } from '../ui/page-not-found.tsx';

/** What is around everything: nothing. What happens outside every workspace has no frame. */
export const Route = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  errorComponent: (props) => (
    <main>
      <PageError {...props} />
    </main>
  ),
  notFoundComponent: () => (
    <main>
      <PageNotFound />
    </main>
  ),
});

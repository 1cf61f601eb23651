import { type AnyRoute, useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';

/** What of a page's address changes; undefined takes it away. */
type Changed<Route extends AnyRoute> = Partial<Route['types']['fullSearchSchema']>;

/**
 * Changes what a page reads from its address, by which a list is narrowed down. What is not named stays as it is in the
 * address at that moment, which is ahead of the page while a former change is being answered. The page stays scrolled
 * to where it is, and "back" leads to the page before it.
 */
export function useChangeSearch<Route extends AnyRoute>({ id }: Route): (changed: Changed<Route>) => void {
  const router = useRouter();
  return useCallback(
    (changed: Changed<Route>) => {
      // Whoever types and goes on to another page at once is not called back.
      const [ahead] = router.getMatchedRoutes(router.latestLocation.pathname);
      if (!ahead.some((route) => route.id === id)) return;
      void router.navigate({
        to: '.',
        search: (present: object) => ({ ...present, ...changed }),
        replace: true,
        resetScroll: false,
      });
    },
    [router, id],
  );
}

import { sitesRouter } from './modules/sites/router.ts';
import { router } from './trpc.ts';

/** Every procedure of the API. */
export const appRouter = router({
  sites: sitesRouter,
});

export type AppRouter = typeof appRouter;

import { documentsRouter } from './modules/documents/router.ts';
import { punchlistsRouter } from './modules/punchlists/router.ts';
import { sitesRouter } from './modules/sites/router.ts';
import { submissionsRouter } from './modules/submissions/router.ts';
import { router } from './trpc.ts';

/** Every procedure of the API. */
export const appRouter = router({
  documents: documentsRouter,
  punchlists: punchlistsRouter,
  sites: sitesRouter,
  submissions: submissionsRouter,
});

export type AppRouter = typeof appRouter;

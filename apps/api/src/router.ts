import { configVersionsRouter } from './modules/config-versions/router.ts';
import { documentsRouter } from './modules/documents/router.ts';
import { punchlistsRouter } from './modules/punchlists/router.ts';
import { sitesRouter } from './modules/sites/router.ts';
import { submissionsRouter } from './modules/submissions/router.ts';
import { workflowsRouter } from './modules/workflows/router.ts';
import { router } from './trpc.ts';

/** Every procedure of the API. */
export const appRouter = router({
  configVersions: configVersionsRouter,
  documents: documentsRouter,
  punchlists: punchlistsRouter,
  sites: sitesRouter,
  submissions: submissionsRouter,
  workflows: workflowsRouter,
});

export type AppRouter = typeof appRouter;

import { apiKeysRouter } from './modules/api-keys/router.ts';
import { auditEventsRouter } from './modules/audit-events/router.ts';
import { configVersionsRouter } from './modules/config-versions/router.ts';
import { documentsRouter } from './modules/documents/router.ts';
import { membershipsRouter } from './modules/memberships/router.ts';
import { punchlistsRouter } from './modules/punchlists/router.ts';
import { sitesRouter } from './modules/sites/router.ts';
import { submissionsRouter } from './modules/submissions/router.ts';
import { usersRouter } from './modules/users/router.ts';
import { workflowsRouter } from './modules/workflows/router.ts';
import { workspacesRouter } from './modules/workspaces/router.ts';
import { router } from './trpc.ts';

/** Every procedure of the API. */
export const appRouter = router({
  workspaces: workspacesRouter,
  users: usersRouter,
  memberships: membershipsRouter,
  auditEvents: auditEventsRouter,
  apiKeys: apiKeysRouter,
  configVersions: configVersionsRouter,
  documents: documentsRouter,
  punchlists: punchlistsRouter,
  sites: sitesRouter,
  submissions: submissionsRouter,
  workflows: workflowsRouter,
});

export type AppRouter = typeof appRouter;

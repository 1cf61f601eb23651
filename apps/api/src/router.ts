import { apiKeysRouter } from './modules/api-keys/router.ts';
import { approvalPoliciesRouter } from './modules/approval-policies/router.ts';
import { approvalRolesRouter } from './modules/approval-roles/router.ts';
import { auditEventsRouter } from './modules/audit-events/router.ts';
import { clusterApproversRouter } from './modules/cluster-approvers/router.ts';
import { clustersRouter } from './modules/clusters/router.ts';
import { configVersionsRouter } from './modules/config-versions/router.ts';
import { deploymentsRouter } from './modules/deployments/router.ts';
import { documentsRouter } from './modules/documents/router.ts';
import { healthRouter } from './modules/health/router.ts';
import { integrityAuditsRouter } from './modules/integrity-audits/router.ts';
import { membershipsRouter } from './modules/memberships/router.ts';
import { overridesRouter } from './modules/overrides/router.ts';
import { punchlistsRouter } from './modules/punchlists/router.ts';
import { scopesRouter } from './modules/scopes/router.ts';
import { sitesRouter } from './modules/sites/router.ts';
import { submissionsRouter } from './modules/submissions/router.ts';
import { usersRouter } from './modules/users/router.ts';
import { vendorsRouter } from './modules/vendors/router.ts';
import { workflowsRouter } from './modules/workflows/router.ts';
import { workspaceSettingsRouter } from './modules/workspace-settings/router.ts';
import { workspacesRouter } from './modules/workspaces/router.ts';
import { router } from './trpc.ts';

/** Every procedure of the API. */
export const appRouter = router({
  health: healthRouter,
  apiKeys: apiKeysRouter,
  approvalPolicies: approvalPoliciesRouter,
  approvalRoles: approvalRolesRouter,
  auditEvents: auditEventsRouter,
  clusterApprovers: clusterApproversRouter,
  clusters: clustersRouter,
  configVersions: configVersionsRouter,
  deployments: deploymentsRouter,
  documents: documentsRouter,
  integrityAudits: integrityAuditsRouter,
  memberships: membershipsRouter,
  overrides: overridesRouter,
  punchlists: punchlistsRouter,
  scopes: scopesRouter,
  sites: sitesRouter,
  submissions: submissionsRouter,
  users: usersRouter,
  vendors: vendorsRouter,
  workflows: workflowsRouter,
  workspaceSettings: workspaceSettingsRouter,
  workspaces: workspacesRouter,
});

export type AppRouter = typeof appRouter;

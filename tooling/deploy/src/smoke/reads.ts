import {
  ApiKeyPage,
  ApprovalPolicyPage,
  ApprovalRolePage,
  ApproverOverridePage,
  AuditEventPage,
  ClusterApproverPage,
  ClusterPage,
  ConfigVersionPage,
  DeploymentTargets,
  DocumentPage,
  IntegrityAuditPage,
  MembershipPage,
  type Permission,
  PunchlistPage,
  ScopePage,
  SitePage,
  SubmissionPage,
  UserPage,
  VendorPage,
  WorkflowPage,
  Workspace,
  WorkspaceSettings,
} from '@apms/validators';
import type { z } from 'zod';

/** One read of a router of the API, over REST. */
export interface Read {
  readonly path: string;
  /** Without which the API refuses it. */
  readonly permission: Permission;
  readonly answer: z.ZodType;
}

/** The routers of the API that answer about a workspace, each with one read; `config-versions` is read before them. */
export const reads: readonly Read[] = [
  { path: 'api-keys?limit=1', permission: 'apiKeys.own', answer: ApiKeyPage },
  { path: 'audit-events?limit=1', permission: 'audit.read', answer: AuditEventPage },
  { path: 'deployments', permission: 'deployments.read', answer: DeploymentTargets },
  { path: 'documents?limit=1', permission: 'documents.read', answer: DocumentPage },
  { path: 'integrity-audits?limit=1', permission: 'integrity.read', answer: IntegrityAuditPage },
  { path: 'memberships?limit=1', permission: 'members.manage', answer: MembershipPage },
  { path: 'overrides?limit=1', permission: 'overrides.read', answer: ApproverOverridePage },
  { path: 'punchlists?limit=1', permission: 'punchlists.read', answer: PunchlistPage },
  { path: 'sites?limit=1', permission: 'sites.read', answer: SitePage },
  { path: 'submissions?limit=1', permission: 'submissions.read', answer: SubmissionPage },
  { path: 'users?limit=1', permission: 'members.read', answer: UserPage },
  { path: 'workflows?limit=1', permission: 'workflows.read', answer: WorkflowPage },
  { path: 'workspace', permission: 'workspace.read', answer: Workspace },
  { path: 'workspace-settings', permission: 'settings.read', answer: WorkspaceSettings },
];

/** The config versions, of which the routers of the configuration need one. */
export const configVersions = {
  path: 'config-versions?limit=1',
  permission: 'config.read',
  answer: ConfigVersionPage,
} as const satisfies Read;

/** One read for each router of the rows of a config version. */
export function configurationReads(configVersionId: string): Read[] {
  const query = new URLSearchParams({ configVersionId, limit: '1' });
  const answers = {
    'approval-policies': ApprovalPolicyPage,
    'approval-roles': ApprovalRolePage,
    'cluster-approvers': ClusterApproverPage,
    clusters: ClusterPage,
    scopes: ScopePage,
    vendors: VendorPage,
  };
  return Object.entries(answers).map(([name, answer]) => ({
    path: `${name}?${query.toString()}`,
    permission: 'config.read',
    answer,
  }));
}

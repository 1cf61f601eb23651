import { MembershipRole, Permission } from '@apms/validators';

const everybody = MembershipRole.options;

/** Which login roles include each permission. ADMIN includes all of them. */
const rolesOf = {
  'sites.read': everybody,
  'sites.write': ['CONFIG_MANAGER', 'DOC_CONTROL'],
  'documents.read': everybody,
  'documents.write': ['CONFIG_MANAGER', 'DOC_CONTROL', 'QA_ENGINEER', 'APPROVER', 'VENDOR'],
  'config.read': everybody,
  'config.import': ['CONFIG_MANAGER'],
  'config.edit': ['CONFIG_MANAGER'],
  'config.activate': ['CONFIG_MANAGER'],
  'submissions.read': everybody,
  'submissions.write': ['DOC_CONTROL', 'VENDOR'],
  'submissions.review': ['QA_ENGINEER'],
  'workflows.read': everybody,
  'workflows.start': ['DOC_CONTROL', 'QA_ENGINEER'],
  'workflows.decide': ['APPROVER'],
  'workflows.manage': ['DOC_CONTROL'],
  'workflows.comment': ['CONFIG_MANAGER', 'DOC_CONTROL', 'QA_ENGINEER', 'APPROVER', 'VENDOR'],
  'overrides.read': everybody,
  'overrides.request': ['CONFIG_MANAGER', 'DOC_CONTROL', 'APPROVER'],
  'overrides.approve': ['CONFIG_MANAGER', 'APPROVER'],
  'punchlists.read': everybody,
  'punchlists.rectify': ['DOC_CONTROL', 'VENDOR'],
  'punchlists.validate': ['QA_ENGINEER'],
  'punchlists.close': ['APPROVER', 'QA_ENGINEER'],
  'integrity.read': ['CONFIG_MANAGER', 'DOC_CONTROL', 'QA_ENGINEER'],
  'integrity.run': ['CONFIG_MANAGER'],
  'integrity.remediate': [],
  'deployments.read': ['CONFIG_MANAGER'],
  'members.read': everybody,
  'members.manage': [],
  'apiKeys.own': everybody,
  'workspace.read': everybody,
  'workspace.manage': [],
  'settings.read': ['CONFIG_MANAGER'],
  'settings.manage': ['CONFIG_MANAGER'],
  'audit.read': ['CONFIG_MANAGER', 'DOC_CONTROL'],
} as const satisfies Record<Permission, readonly MembershipRole[]>;

/** Whether one of the roles includes the permission. */
export function isPermitted(roles: readonly MembershipRole[], permission: Permission): boolean {
  const including: readonly MembershipRole[] = rolesOf[permission];
  return roles.some((role) => role === 'ADMIN' || including.includes(role));
}

/** What somebody with these roles may do, in the order of {@link Permission}. */
export function permissionsOf(roles: readonly MembershipRole[]): Permission[] {
  return Permission.options.filter((permission) => isPermitted(roles, permission));
}

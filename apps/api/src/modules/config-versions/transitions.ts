import type { ConfigVersionStatus } from '@apms/validators';

/** What people do with a whole config version. A rollback makes a new version and leaves the old one as it is. */
export type VersionAction = 'activate' | 'rollback' | 'archive' | 'discard';

/** The one status in which a version allows each action. */
const allowedIn: Readonly<Record<VersionAction, ConfigVersionStatus>> = {
  activate: 'DRAFT',
  discard: 'DRAFT',
  rollback: 'SUPERSEDED',
  archive: 'SUPERSEDED',
};

/** Whether a version in this status allows the action. */
export function isAllowed(status: ConfigVersionStatus, action: VersionAction): boolean {
  return allowedIn[action] === status;
}

import type { ConfigVersionStatus } from './config-version.ts';
import type { Transition } from './transition.ts';

/**
 * What people do with a whole config version. A rollback makes a new version and leaves the old one as it is; what is
 * discarded is no more. @source domain, lifecycles, config version
 */
export const versionTransitions = {
  activate: { from: ['DRAFT'], to: 'ACTIVE', permission: 'config.activate' },
  discard: { from: ['DRAFT'], permission: 'config.edit' },
  rollback: { from: ['SUPERSEDED'], permission: 'config.activate' },
  archive: { from: ['SUPERSEDED'], to: 'ARCHIVED', permission: 'config.activate' },
} as const satisfies Readonly<Record<string, Transition<ConfigVersionStatus>>>;

/** What can be done with a config version. */
export type VersionAction = keyof typeof versionTransitions;

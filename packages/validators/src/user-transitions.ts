import type { SetUserStatus } from './user.ts';
import type { UserStatus } from './workspace.ts';

/** What an administrator may make of an account. A PENDING one becomes ACTIVE by its first password alone. */
export const userTransitions: Readonly<Record<UserStatus, readonly SetUserStatus['status'][]>> = {
  PENDING: ['INACTIVE'],
  ACTIVE: ['SUSPENDED', 'INACTIVE'],
  SUSPENDED: ['ACTIVE', 'INACTIVE'],
  INACTIVE: ['ACTIVE'],
};

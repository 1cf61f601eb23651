import type { UserStatus } from '@apms/validators';

/** What an administrator may make of an account. A PENDING one becomes ACTIVE by its first password alone. */
const next: Readonly<Record<UserStatus, readonly UserStatus[]>> = {
  PENDING: ['INACTIVE'],
  ACTIVE: ['INACTIVE', 'SUSPENDED'],
  SUSPENDED: ['ACTIVE', 'INACTIVE'],
  INACTIVE: ['ACTIVE'],
};

export function canBecome(from: UserStatus, to: UserStatus): boolean {
  return next[from].includes(to);
}

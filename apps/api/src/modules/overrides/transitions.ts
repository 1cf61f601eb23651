import type { OverrideApprovalStatus } from '@apms/validators';

interface Transition {
  readonly from: readonly OverrideApprovalStatus[];
  readonly to: OverrideApprovalStatus;
}

/** The life of an override; revoking one that is not judged yet withdraws it. @source domain, lifecycles, override */
export const overrideTransitions = {
  approve: { from: ['PENDING'], to: 'APPROVED' },
  reject: { from: ['PENDING'], to: 'REJECTED' },
  revoke: { from: ['PENDING', 'APPROVED'], to: 'REVOKED' },
} as const satisfies Readonly<Record<string, Transition>>;

/** What can be done to an override. */
export type OverrideAction = keyof typeof overrideTransitions;

/** The status that the action leads to; null when it is not possible in that status. */
export function nextOverrideStatus(
  from: OverrideApprovalStatus,
  action: OverrideAction,
): OverrideApprovalStatus | null {
  const transition: Transition = overrideTransitions[action];
  return transition.from.includes(from) ? transition.to : null;
}

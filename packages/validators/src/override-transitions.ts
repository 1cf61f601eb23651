import type { OverrideApprovalStatus } from './approver-override.ts';
import { nextStatus, type Transition } from './transition.ts';

/** The life of an override; revoking one that is not judged yet withdraws it. @source domain, lifecycles, override */
export const overrideTransitions = {
  approve: { from: ['PENDING'], to: 'APPROVED', permission: 'overrides.approve' },
  reject: { from: ['PENDING'], to: 'REJECTED', permission: 'overrides.approve' },
  revoke: { from: ['PENDING', 'APPROVED'], to: 'REVOKED', permission: 'overrides.request' },
} as const satisfies Readonly<Record<string, Transition<OverrideApprovalStatus>>>;

/** What can be done to an override. */
export type OverrideAction = keyof typeof overrideTransitions;

/** The status that the action leads to; null when it is not possible in that status. */
export function nextOverrideStatus(
  from: OverrideApprovalStatus,
  action: OverrideAction,
): OverrideApprovalStatus | null {
  return nextStatus<OverrideApprovalStatus>(overrideTransitions[action], from);
}

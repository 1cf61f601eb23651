import {
  type ApproverOverride,
  isOffered,
  type OverrideAction,
  type OverrideApprovalStatus,
  overrideTransitions,
  type Permission,
} from '@apms/validators';

type Judged = Pick<ApproverOverride, 'approvalStatus' | 'requestedBy' | 'toUser'>;

/** Who looks at the override. */
interface Reader {
  readonly id: string;
  readonly can: (permission: Permission) => boolean;
}

/** Who asked for an override, or gains by it, has others judge it. */
export function isParty({ requestedBy, toUser }: Omit<Judged, 'approvalStatus'>, userId: string): boolean {
  return requestedBy.id === userId || toUser.id === userId;
}

/** What may be made of an override by this person, in order. The API decides; this is what is offered. */
export function offersOfOverride(override: Judged, { id, can }: Reader): OverrideAction[] {
  const isForThem = {
    approve: !isParty(override, id),
    reject: !isParty(override, id),
    revoke: override.requestedBy.id === id || can('overrides.approve'),
  } satisfies Record<OverrideAction, boolean>;
  const actions: OverrideAction[] = ['approve', 'reject', 'revoke'];
  return actions.filter(
    (action) =>
      isForThem[action] &&
      isOffered<OverrideApprovalStatus>(overrideTransitions[action], override.approvalStatus, can),
  );
}

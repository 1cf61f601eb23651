import type { Permission } from './permission.ts';

/** What an action makes of a status, and who may ask for it. Tables of these are loaded without any schema. */
export interface Transition<Status extends string> {
  readonly from: readonly Status[];
  /** Absent when the status stays. */
  readonly to?: Status;
  /** The permission that its procedure takes; null for what only follows from something else. */
  readonly permission: Permission | null;
}

/** The status that the action leads to; null when it is not possible in that status. */
export function nextStatus<Status extends string>(
  transition: Transition<Status>,
  from: Status,
): Status | null {
  return transition.from.includes(from) ? (transition.to ?? from) : null;
}

/** Whether the action is possible in that status, and for somebody with these permissions to ask for. */
export function isOffered<Status extends string>(
  transition: Transition<Status>,
  from: Status,
  can: (permission: Permission) => boolean,
): boolean {
  return (
    nextStatus(transition, from) !== null && transition.permission !== null && can(transition.permission)
  );
}

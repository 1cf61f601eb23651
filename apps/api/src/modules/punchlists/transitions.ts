import type { PunchlistItemStatus, PunchlistStatus } from '@apms/validators';

interface Transition {
  readonly from: readonly PunchlistItemStatus[];
  readonly to: PunchlistItemStatus;
}

/**
 * The life of a defect. Who rectified it says so with evidence; QA validates; the person who raised it closes it, or
 * sends it back, as QA may.
 * @source domain, lifecycles, punchlist item
 */
export const itemTransitions = {
  rectify: { from: ['OPEN'], to: 'RECTIFIED' },
  validate: { from: ['RECTIFIED'], to: 'QA_VALIDATED' },
  close: { from: ['QA_VALIDATED'], to: 'CLOSED' },
  reopen: { from: ['RECTIFIED', 'QA_VALIDATED'], to: 'OPEN' },
} as const satisfies Readonly<Record<string, Transition>>;

/** What can be done to an item of a punchlist. */
export type ItemAction = keyof typeof itemTransitions;

/** The status that the action leads to; null when it is not possible in that status, or the list is no longer open. */
export function nextItemStatus(
  list: PunchlistStatus,
  from: PunchlistItemStatus,
  action: ItemAction,
): PunchlistItemStatus | null {
  const transition: Transition = itemTransitions[action];
  return list === 'OPEN' && transition.from.includes(from) ? transition.to : null;
}

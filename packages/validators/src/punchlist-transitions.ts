import type { PunchlistItemStatus, PunchlistStatus } from './punchlist.ts';
import { nextStatus, type Transition } from './transition.ts';

/**
 * The life of a defect. Who rectified it says so with evidence; QA validates; the person who raised it closes it, or
 * sends it back, as QA may.
 * @source domain, lifecycles, punchlist item
 */
export const itemTransitions = {
  rectify: { from: ['OPEN'], to: 'RECTIFIED', permission: 'punchlists.rectify' },
  validate: { from: ['RECTIFIED'], to: 'QA_VALIDATED', permission: 'punchlists.validate' },
  close: { from: ['QA_VALIDATED'], to: 'CLOSED', permission: 'punchlists.close' },
  reopen: { from: ['RECTIFIED', 'QA_VALIDATED'], to: 'OPEN', permission: 'punchlists.close' },
} as const satisfies Readonly<Record<string, Transition<PunchlistItemStatus>>>;

/** What can be done to an item of a punchlist. */
export type ItemAction = keyof typeof itemTransitions;

/** The status that the action leads to; null when it is not possible in that status, or the list is no longer open. */
export function nextItemStatus(
  list: PunchlistStatus,
  from: PunchlistItemStatus,
  action: ItemAction,
): PunchlistItemStatus | null {
  return list === 'OPEN' ? nextStatus<PunchlistItemStatus>(itemTransitions[action], from) : null;
}

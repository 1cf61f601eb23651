import type { OverrideInForce, SeatToOverride } from './choose-override.ts';
import { followOverrides, type SeatedApprover } from './follow-overrides.ts';

/** A time that a stage went to somebody else; without an override it was done by hand. */
export interface Reassignment {
  readonly overrideId: string | null;
  readonly fromUserId: string | null;
}

/** A stage that has not been decided. */
export interface UndecidedStage extends SeatToOverride {
  readonly isOpen: boolean;
  /** The earliest first. */
  readonly reassignments: readonly Reassignment[];
}

/**
 * Who approves a stage under the overrides in force: they start from whom the configuration named, or a manager by
 * hand, not from one another. So an override that is over leaves no trace on a stage that opens later, and a weaker one
 * never displaces a stronger one by coming after it. A stage that is open stays with whom it has found: where an
 * override that is over has brought it, the others start.
 */
export function approverUnderOverrides(
  { isOpen, reassignments, ...stage }: UndecidedStage,
  overrides: readonly OverrideInForce[],
): SeatedApprover {
  const inForce = new Set(overrides.map(({ id }) => id));
  const settled = reassignments.findLastIndex(
    ({ overrideId }) => overrideId === null || (isOpen && !inForce.has(overrideId)),
  );
  const undone = reassignments[settled + 1];
  // A seat that was empty has nobody to go back to.
  const baseId = undone === undefined ? stage.approverId : undone.fromUserId;
  const seated = followOverrides(overrides, { ...stage, approverId: baseId });
  return { ...seated, approverId: seated.approverId ?? stage.approverId };
}

import { chooseOverride, type OverrideInForce, type SeatToOverride } from './choose-override.ts';

/** A time that a stage went to somebody else; without an override it was done by hand. */
export interface Reassignment {
  readonly overrideId: string | null;
  readonly fromUserId: string | null;
}

/** A stage that has not been decided. */
export interface OpeningStage extends SeatToOverride {
  /** The earliest first. */
  readonly reassignments: readonly Reassignment[];
}

/** Who a stage belongs to, and by which override; null for the override when none is in force for it. */
export interface SeatedApprover {
  readonly approverId: string | null;
  readonly overrideId: string | null;
}

/**
 * Who approves a stage under the overrides in force: they replace whom the configuration named, or a manager by hand,
 * not one another. So an override that is over leaves no trace on a stage that opens later, and a weaker one never
 * displaces a stronger one by coming after it.
 */
export function approverAtOpening(
  { id, roleCode, approverId, reassignments }: OpeningStage,
  overrides: readonly OverrideInForce[],
): SeatedApprover {
  const byHand = reassignments.findLastIndex(({ overrideId }) => overrideId === null);
  const firstOverride = reassignments[byHand + 1];
  const baseId = firstOverride === undefined ? approverId : firstOverride.fromUserId;
  const override = chooseOverride(overrides, { id, roleCode, approverId: baseId });
  // A seat that was empty has nobody to go back to.
  if (override === undefined) return { approverId: baseId ?? approverId, overrideId: null };
  return { approverId: override.toUserId, overrideId: override.id };
}

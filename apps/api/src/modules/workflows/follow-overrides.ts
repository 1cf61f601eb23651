import { chooseOverride, type OverrideInForce, type SeatToOverride } from './choose-override.ts';

/** Who approves a stage, and the overrides that led to them; none when the stage stays with whom it was given to. */
export interface SeatedApprover {
  readonly approverId: string | null;
  readonly path: readonly OverrideInForce[];
}

/**
 * Follows the overrides in force from whom a stage was given to: the strongest that applies, then those that name its
 * beneficiary as the one to be replaced, for a substitute may be away too. Nobody is come to twice.
 */
export function followOverrides(
  overrides: readonly OverrideInForce[],
  stage: SeatToOverride,
): SeatedApprover {
  const path: OverrideInForce[] = [];
  const seen = new Set([stage.approverId]);
  let { approverId } = stage;
  let next = chooseOverride(overrides, stage);
  while (next !== undefined) {
    path.push(next);
    if (seen.has(next.toUserId)) break;
    seen.add(next.toUserId);
    const beneficiaryId = next.toUserId;
    approverId = beneficiaryId;
    const onwards = overrides.filter(
      ({ fromUserId, toUserId }) => fromUserId === beneficiaryId && !seen.has(toUserId),
    );
    next = chooseOverride(onwards, { ...stage, approverId });
  }
  return { approverId, path };
}

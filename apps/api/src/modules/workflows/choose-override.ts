import { OverrideType } from '@apms/validators';

/** An approved override within its period, for whose target somebody already looked. */
export interface OverrideInForce {
  readonly id: string;
  readonly overrideType: OverrideType;
  /** The only stage it is for; null for one that is about more. */
  readonly stageId: string | null;
  /** Null means every seat. */
  readonly roleCode: string | null;
  /** Null replaces whoever sits in the seat. */
  readonly fromUserId: string | null;
  readonly toUserId: string;
  /** Milliseconds since 1970. */
  readonly approvedAtMs: number;
}

/** The stage that an override is looked for; one that is not made yet has no id. */
export interface SeatToOverride {
  readonly id: string | null;
  readonly roleCode: string;
  readonly approverId: string | null;
}

/**
 * The override that decides who approves a stage: STAGE over SUBMISSION over CLUSTER over REGION, one for the seat over
 * a general one, then the one approved last. Undefined when none applies.
 * @source domain, lifecycles, workflow
 */
export function chooseOverride(
  overrides: readonly OverrideInForce[],
  stage: SeatToOverride,
): OverrideInForce | undefined {
  return overrides
    .filter(
      ({ stageId, roleCode, fromUserId }) =>
        (stageId === null || stageId === stage.id) &&
        (roleCode === null || roleCode === stage.roleCode) &&
        (fromUserId === null || fromUserId === stage.approverId),
    )
    .toSorted(compareStrength)[0];
}

const strength: readonly OverrideType[] = OverrideType.options;

/** The stronger first. */
function compareStrength(a: OverrideInForce, b: OverrideInForce): number {
  return (
    strength.indexOf(a.overrideType) - strength.indexOf(b.overrideType) ||
    Number(a.roleCode === null) - Number(b.roleCode === null) ||
    b.approvedAtMs - a.approvedAtMs ||
    (a.id < b.id ? 1 : -1)
  );
}

import type { WorkflowStageStatus } from '@apms/validators';

/** A stage that is about to be made. */
export interface StageToStart {
  readonly stageNumber: number;
  /** Whether somebody sits in its seat; without one it is passed over. */
  readonly hasApprover: boolean;
}

/**
 * The status that each stage of a new workflow begins with. All of the first number with an approver open together;
 * a resubmission begins at the stage that rejected it, or the next one there is, and at the first when the chain has
 * become shorter.
 * @source domain, lifecycles, decisions
 */
export function planStart(
  stages: readonly StageToStart[],
  resumeStageNumber: number | null,
): Extract<WorkflowStageStatus, 'SKIPPED' | 'PENDING' | 'WAITING'>[] {
  const numbers = stages.flatMap(({ stageNumber, hasApprover }) => (hasApprover ? [stageNumber] : []));
  const later = numbers.filter((number) => number >= (resumeStageNumber ?? 1));
  const first = Math.min(...(later.length > 0 ? later : numbers));
  return stages.map(({ stageNumber, hasApprover }) => {
    if (!hasApprover || stageNumber < first) return 'SKIPPED';
    return stageNumber === first ? 'PENDING' : 'WAITING';
  });
}

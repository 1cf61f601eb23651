import type { Produced, StageOutcome } from '@apms/validators';
import type { LockedStage, LockedWorkflow } from './lock-workflow.ts';

/** Where a stage and its workflow stand. */
export function stageOutcome(
  workflow: Pick<LockedWorkflow, 'id' | 'status' | 'currentStageNumber'>,
  stage: Pick<LockedStage, 'id' | 'status'>,
  opened: readonly { readonly id: string }[] = [],
): Produced<typeof StageOutcome> {
  return {
    stageId: stage.id,
    stageStatus: stage.status,
    workflowId: workflow.id,
    workflowStatus: workflow.status,
    currentStageNumber: workflow.currentStageNumber,
    openedStageIds: opened.map(({ id }) => id),
    punchlistId: null,
  };
}

import type { WorkflowStageStatus, WorkflowStatus } from '@apms/validators';

/** What of a stage decides how its chain goes on. */
export interface ChainStage {
  readonly stageNumber: number;
  readonly status: WorkflowStageStatus;
}

/** What follows for a workflow from a stage that was decided or passed over. */
export interface Consequence<Stage extends ChainStage> {
  readonly status: Extract<WorkflowStatus, 'IN_PROGRESS' | 'COMPLETED' | 'REJECTED'>;
  readonly currentStageNumber: number;
  readonly opens: readonly Stage[];
  readonly cancels: readonly Stage[];
}

/**
 * How a chain goes on once its stages are as they are: a rejection ends it and cancels what is not decided; while one
 * that is open awaits its decision the others wait; then all of the next number open together; after the last the
 * chain is complete.
 * @source domain, lifecycles, workflow and decisions
 */
export function planConsequence<Stage extends ChainStage>(
  stages: readonly Stage[],
  currentStageNumber: number,
): Consequence<Stage> {
  const pending = stages.filter(({ status }) => status === 'PENDING');
  const waiting = stages.filter(({ status }) => status === 'WAITING');
  const stays = { currentStageNumber, opens: [], cancels: [] };
  if (stages.some(({ status }) => status === 'REJECTED')) {
    return { ...stays, status: 'REJECTED', cancels: [...pending, ...waiting] };
  }
  if (pending.length > 0) return { ...stays, status: 'IN_PROGRESS' };
  if (waiting.length === 0) return { ...stays, status: 'COMPLETED' };
  const next = Math.min(...waiting.map(({ stageNumber }) => stageNumber));
  return {
    status: 'IN_PROGRESS',
    currentStageNumber: next,
    opens: waiting.filter(({ stageNumber }) => stageNumber === next),
    cancels: [],
  };
}

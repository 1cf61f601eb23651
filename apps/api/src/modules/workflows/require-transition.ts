import {
  nextStageStatus,
  nextWorkflowStatus,
  type StageMove,
  type WorkflowAction,
  type WorkflowStageStatus,
  type WorkflowStatus,
} from '@apms/validators';
import { AppError } from '../../errors.ts';

/** @throws {AppError} TRANSITION_ILLEGAL when the action is not possible in the workflow's status */
export function requireWorkflowTransition(
  { id, status }: { readonly id: string; readonly status: WorkflowStatus },
  action: WorkflowAction,
): WorkflowStatus {
  const to = nextWorkflowStatus(status, action);
  if (to === null) {
    throw new AppError({ code: 'TRANSITION_ILLEGAL', entity: 'workflow', id, from: status, action });
  }
  return to;
}

/** @throws {AppError} TRANSITION_ILLEGAL when the action is not possible in the stage's status */
export function requireStageTransition(
  { id, status }: { readonly id: string; readonly status: WorkflowStageStatus },
  action: StageMove,
): WorkflowStageStatus {
  const to = nextStageStatus(status, action);
  if (to === null) {
    throw new AppError({ code: 'TRANSITION_ILLEGAL', entity: 'workflowStage', id, from: status, action });
  }
  return to;
}

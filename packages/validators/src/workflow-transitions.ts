import { nextStatus, type Transition } from './transition.ts';
import type { StageDecision, WorkflowStageStatus, WorkflowStatus } from './workflow.ts';

const running = ['IN_PROGRESS', 'ON_HOLD'] as const;

/** The life of a workflow. On hold nothing is decided, but a stage may find another approver. @source domain, lifecycles */
export const workflowTransitions = {
  decide: { from: ['IN_PROGRESS'], permission: 'workflows.decide' },
  complete: { from: ['IN_PROGRESS'], to: 'COMPLETED', permission: null },
  reject: { from: ['IN_PROGRESS'], to: 'REJECTED', permission: null },
  skip: { from: ['IN_PROGRESS'], permission: 'workflows.manage' },
  reassign: { from: running, permission: 'workflows.manage' },
  hold: { from: ['IN_PROGRESS'], to: 'ON_HOLD', permission: 'workflows.manage' },
  resume: { from: ['ON_HOLD'], to: 'IN_PROGRESS', permission: 'workflows.manage' },
  cancel: { from: running, to: 'CANCELLED', permission: 'workflows.manage' },
} as const satisfies Readonly<Record<string, Transition<WorkflowStatus>>>;

/** What can be done to a workflow. */
export type WorkflowAction = keyof typeof workflowTransitions;

const undecided = ['WAITING', 'PENDING'] as const;

/** The life of a stage. @source domain, lifecycles */
export const stageTransitions = {
  open: { from: ['WAITING'], to: 'PENDING', permission: null },
  approve: { from: ['PENDING'], to: 'APPROVED', permission: 'workflows.decide' },
  approveWithPunchlist: {
    from: ['PENDING'],
    to: 'APPROVED_WITH_PUNCHLIST',
    permission: 'workflows.decide',
  },
  reject: { from: ['PENDING'], to: 'REJECTED', permission: 'workflows.decide' },
  reassign: { from: undecided, permission: 'workflows.manage' },
  skip: { from: undecided, to: 'SKIPPED', permission: 'workflows.manage' },
  cancel: { from: undecided, to: 'CANCELLED', permission: null },
} as const satisfies Readonly<Record<string, Transition<WorkflowStageStatus>>>;

/** What can be done to a stage. */
export type StageMove = keyof typeof stageTransitions;

/** What each decision does to its stage. */
export const actionOfDecision = {
  APPROVE: 'approve',
  APPROVE_WITH_PUNCHLIST: 'approveWithPunchlist',
  REJECT: 'reject',
} as const satisfies Readonly<Record<StageDecision, StageMove>>;

/** The status that each decision leads to; the stage's log calls it the same. */
export const statusOfDecision = {
  APPROVE: stageTransitions.approve.to,
  APPROVE_WITH_PUNCHLIST: stageTransitions.approveWithPunchlist.to,
  REJECT: stageTransitions.reject.to,
} as const satisfies Readonly<Record<StageDecision, WorkflowStageStatus>>;

/** The status that the action leads to; null when it is not possible in that status. */
export function nextWorkflowStatus(from: WorkflowStatus, action: WorkflowAction): WorkflowStatus | null {
  return nextStatus<WorkflowStatus>(workflowTransitions[action], from);
}

/** The status that the action leads to; null when it is not possible in that status. */
export function nextStageStatus(from: WorkflowStageStatus, action: StageMove): WorkflowStageStatus | null {
  return nextStatus<WorkflowStageStatus>(stageTransitions[action], from);
}

/**
 * Whether a stage may be passed over: it is not required, and not the only one of its workflow, which somebody has to
 * approve.
 */
export function isDispensable(
  stage: { readonly id: string; readonly isRequired: boolean },
  stages: readonly { readonly id: string; readonly status: WorkflowStageStatus }[],
): boolean {
  return !stage.isRequired && stages.some(({ id, status }) => id !== stage.id && status !== 'SKIPPED');
}

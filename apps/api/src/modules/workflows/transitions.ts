import type { StageDecision, WorkflowStageStatus, WorkflowStatus } from '@apms/validators';

interface Transition<Status> {
  readonly from: readonly Status[];
  /** Absent when the status stays. */
  readonly to?: Status;
}

const running = ['IN_PROGRESS', 'ON_HOLD'] as const;

/** The life of a workflow. On hold nothing is decided, but a stage may find another approver. @source domain, lifecycles */
export const workflowTransitions = {
  decide: { from: ['IN_PROGRESS'] },
  complete: { from: ['IN_PROGRESS'], to: 'COMPLETED' },
  reject: { from: ['IN_PROGRESS'], to: 'REJECTED' },
  skip: { from: ['IN_PROGRESS'] },
  reassign: { from: running },
  hold: { from: ['IN_PROGRESS'], to: 'ON_HOLD' },
  resume: { from: ['ON_HOLD'], to: 'IN_PROGRESS' },
  cancel: { from: running, to: 'CANCELLED' },
} as const satisfies Readonly<Record<string, Transition<WorkflowStatus>>>;

/** What can be done to a workflow. */
export type WorkflowAction = keyof typeof workflowTransitions;

const undecided = ['WAITING', 'PENDING'] as const;

/** The life of a stage. @source domain, lifecycles */
export const stageTransitions = {
  open: { from: ['WAITING'], to: 'PENDING' },
  approve: { from: ['PENDING'], to: 'APPROVED' },
  approveWithPunchlist: { from: ['PENDING'], to: 'APPROVED_WITH_PUNCHLIST' },
  reject: { from: ['PENDING'], to: 'REJECTED' },
  reassign: { from: undecided },
  skip: { from: undecided, to: 'SKIPPED' },
  cancel: { from: undecided, to: 'CANCELLED' },
} as const satisfies Readonly<Record<string, Transition<WorkflowStageStatus>>>;

/** What can be done to a stage. */
export type StageAction = keyof typeof stageTransitions;

/** What each decision does to its stage. */
export const actionOfDecision = {
  APPROVE: 'approve',
  APPROVE_WITH_PUNCHLIST: 'approveWithPunchlist',
  REJECT: 'reject',
} as const satisfies Readonly<Record<StageDecision, StageAction>>;

/** The status that each decision leads to; the stage's log calls it the same. */
export const statusOfDecision = {
  APPROVE: stageTransitions.approve.to,
  APPROVE_WITH_PUNCHLIST: stageTransitions.approveWithPunchlist.to,
  REJECT: stageTransitions.reject.to,
} as const satisfies Readonly<Record<StageDecision, WorkflowStageStatus>>;

/** The status that the action leads to; null when it is not possible in that status. */
export function nextWorkflowStatus(from: WorkflowStatus, action: WorkflowAction): WorkflowStatus | null {
  return next(workflowTransitions[action], from);
}

/** The status that the action leads to; null when it is not possible in that status. */
export function nextStageStatus(from: WorkflowStageStatus, action: StageAction): WorkflowStageStatus | null {
  return next(stageTransitions[action], from);
}

function next<Status extends string>(transition: Transition<Status>, from: Status): Status | null {
  return transition.from.includes(from) ? (transition.to ?? from) : null;
}

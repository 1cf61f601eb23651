import type { Permission, WorkflowStatus, WorkflowTimeline } from '@apms/validators';

export type TimelineStage = WorkflowTimeline['stages'][number];

/** What is done to one stage. */
export type StageAction = 'decide' | 'comment' | 'reassign' | 'skip' | 'override';

/** A stage of which something is asked. */
export interface AskedOfStage {
  readonly stage: TimelineStage;
  readonly action: StageAction;
}

/** Who looks at the stage. */
interface Reader {
  readonly id: string;
  readonly can: (permission: Permission) => boolean;
}

/** What may be done with a stage by this person, in order. The API decides; this is what is offered. */
export function offersOfStage(
  { status, isRequired, approver }: TimelineStage,
  workflowStatus: WorkflowStatus,
  { id, can }: Reader,
): StageAction[] {
  const isUndecided = status === 'PENDING' || status === 'WAITING';
  const isRunning = workflowStatus === 'IN_PROGRESS' || workflowStatus === 'ON_HOLD';
  const awaitsReader = status === 'PENDING' && workflowStatus === 'IN_PROGRESS' && approver?.id === id;
  const offers: StageAction[] = [];
  if (awaitsReader && can('workflows.decide')) offers.push('decide');
  if (can('workflows.comment')) offers.push('comment');
  if (isUndecided && isRunning && can('workflows.manage')) {
    offers.push('reassign');
    if (!isRequired && workflowStatus === 'IN_PROGRESS') offers.push('skip');
  }
  if (isUndecided && isRunning && can('overrides.request')) offers.push('override');
  return offers;
}

import {
  isDispensable,
  nextStageStatus,
  nextWorkflowStatus,
  type Permission,
  type WorkflowTimeline,
  workflowTransitions,
} from '@apms/validators';

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

/** The review that a stage is of. */
interface OfferingWorkflow {
  readonly status: WorkflowTimeline['status'];
  readonly stages: readonly Pick<TimelineStage, 'id' | 'status'>[];
}

/** What may be done with a stage by this person, in order. The API decides; this is what is offered. */
export function offersOfStage(
  stage: Pick<TimelineStage, 'id' | 'status' | 'isRequired' | 'approver'>,
  { status, stages }: OfferingWorkflow,
  { id, can }: Reader,
): StageAction[] {
  const isPossible = (action: 'decide' | 'reassign' | 'skip') =>
    nextWorkflowStatus(status, action) !== null &&
    nextStageStatus(stage.status, action === 'decide' ? 'approve' : action) !== null;
  const isTheirs = (action: 'decide' | 'reassign' | 'skip') =>
    isPossible(action) && can(workflowTransitions[action].permission);
  const offers: StageAction[] = [];
  if (isTheirs('decide') && stage.approver?.id === id) offers.push('decide');
  if (can('workflows.comment')) offers.push('comment');
  if (isTheirs('reassign')) offers.push('reassign');
  if (isTheirs('skip') && isDispensable(stage, stages)) offers.push('skip');
  if (isPossible('reassign') && can('overrides.request')) offers.push('override');
  return offers;
}

import type { WorkflowStageStatus } from '@apms/validators';
import type { Seat } from './lifecycle.ts';
import {
  type Action,
  type Caller,
  type Failure,
  illegal,
  isAllClosed,
  type ModelSubmission,
  type ModelWorkflow,
  optionalSeat,
} from './lifecycle-state.ts';

/** A chain that begins at its first stage, or at the one that rejected the revision before. */
export function startWorkflow(
  chain: readonly (readonly Seat[])[],
  version: number,
  resume: number | null,
): ModelWorkflow {
  const current = resume !== null && resume <= chain.length ? resume : 1;
  const stages = chain.flatMap((seats, index) =>
    seats.map((seat): ModelWorkflow['stages'][number] => {
      const stage = index + 1;
      return { seat, stage, status: stage < current ? 'SKIPPED' : stage === current ? 'PENDING' : 'WAITING' };
    }),
  );
  return { version, status: 'IN_PROGRESS', current, stages };
}

/** Ends a submission with its running workflow and its open lists. */
export function cancel(submission: ModelSubmission): void {
  submission.status = 'CANCELLED';
  for (const list of submission.lists) if (list.status === 'OPEN') list.status = 'CANCELLED';
  const workflow = submission.workflows.at(-1);
  if (workflow === undefined || !isRunning(workflow)) return;
  workflow.status = 'CANCELLED';
  cancelStages(workflow);
}

const isRunning = ({ status }: ModelWorkflow) => status === 'IN_PROGRESS' || status === 'ON_HOLD';
const isUndecided = ({ status }: { status: WorkflowStageStatus }) =>
  status === 'WAITING' || status === 'PENDING';

function cancelStages({ stages }: ModelWorkflow): void {
  for (const stage of stages) if (isUndecided(stage)) stage.status = 'CANCELLED';
}

/** What is done to the present workflow of a submission. */
export function performOnWorkflow(
  submission: ModelSubmission,
  action: Extract<Action, { kind: 'hold' | 'resume' | 'cancelWorkflow' | 'skip' | 'decide' }>,
  caller: Caller,
): Failure {
  const workflow = submission.workflows.at(-1);
  if (workflow === undefined) throw new RangeError('an action names a workflow that is not there');
  switch (action.kind) {
    case 'hold':
      if (workflow.status !== 'IN_PROGRESS') return illegal;
      workflow.status = 'ON_HOLD';
      return null;
    case 'resume':
      if (workflow.status !== 'ON_HOLD') return illegal;
      workflow.status = 'IN_PROGRESS';
      return null;
    case 'cancelWorkflow':
      if (!isRunning(workflow)) return illegal;
      cancel(submission);
      return null;
    case 'skip': {
      const stage = stageOf(workflow, action.seat);
      const isOnly = workflow.stages.every((other) => other === stage || other.status === 'SKIPPED');
      if (workflow.status !== 'IN_PROGRESS' || !isUndecided(stage)) return illegal;
      if (action.seat !== optionalSeat || isOnly) return illegal;
      stage.status = 'SKIPPED';
      goOn(submission, workflow);
      return null;
    }
    case 'decide':
      return decide(submission, workflow, action, caller);
  }
}

function stageOf({ stages }: ModelWorkflow, seat: Seat): ModelWorkflow['stages'][number] {
  const stage = stages.find((candidate) => candidate.seat === seat);
  if (stage === undefined) throw new RangeError('an action names a seat that is not in the chain');
  return stage;
}

function decide(
  submission: ModelSubmission,
  workflow: ModelWorkflow,
  { seat, decision, severities }: Extract<Action, { kind: 'decide' }>,
  caller: Caller,
): Failure {
  const stage = stageOf(workflow, seat);
  if (caller === 'other') return 'STAGE_NOT_YOURS';
  if (stage.status !== 'PENDING') return 'STAGE_NOT_PENDING';
  if (workflow.status !== 'IN_PROGRESS') return illegal;
  if (severities.length > 0) {
    const items = severities.map((severity) => ({ severity, status: 'OPEN' as const }));
    submission.lists.push({ raisedBy: seat, status: 'OPEN', items });
  }
  if (decision === 'REJECT') {
    stage.status = 'REJECTED';
    cancelStages(workflow);
    workflow.status = 'REJECTED';
    submission.status = 'RECTIFICATION';
    submission.resume = stage.stage;
    return null;
  }
  stage.status = decision === 'APPROVE' ? 'APPROVED' : 'APPROVED_WITH_PUNCHLIST';
  goOn(submission, workflow);
  return null;
}

function goOn(submission: ModelSubmission, workflow: ModelWorkflow): void {
  if (workflow.stages.some(({ status }) => status === 'PENDING')) return;
  const waiting = workflow.stages.filter(({ status }) => status === 'WAITING');
  if (waiting.length > 0) {
    workflow.current = Math.min(...waiting.map(({ stage }) => stage));
    for (const stage of waiting) if (stage.stage === workflow.current) stage.status = 'PENDING';
    return;
  }
  workflow.status = 'COMPLETED';
  submission.resume = null;
  submission.status = isAllClosed(submission) ? 'COMPLETED' : 'APPROVED_WITH_PUNCHLIST';
}

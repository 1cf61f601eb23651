import type { SubmissionStatus } from '@apms/validators';
import { performOnItem } from './lifecycle-model-items.ts';
import { cancel, performOnWorkflow, startWorkflow } from './lifecycle-model-workflows.ts';
import {
  type Action,
  type Caller,
  type Failure,
  illegal,
  type Model,
  type ModelSubmission,
  type Scope,
} from './lifecycle-state.ts';

const ended: readonly SubmissionStatus[] = ['COMPLETED', 'CANCELLED'];

/** The model after the action, and whether it had to fail; what fails changes nothing. */
export function take(before: Model, action: Action, caller: Caller): { model: Model; failure: Failure } {
  const refused = refuse(before, action, caller);
  if (refused !== null) return { model: before, failure: refused };
  const model = structuredClone(before);
  const failure = perform(model, action, caller);
  return { model: failure === null ? model : before, failure };
}

function refuse(model: Model, action: Action, caller: Caller): Failure {
  if (caller === 'nobody') return 'UNAUTHENTICATED';
  if (caller === 'viewer') return 'PERMISSION_DENIED';
  if (action.kind === 'decide' && !itemsFit(action)) return 'PUNCHLIST_ITEMS_INVALID';
  if (caller === 'stranger') return action.kind === 'create' ? 'CONFIG_VERSION_MISSING' : 'ENTITY_NOT_FOUND';
  return null;
}

function itemsFit({ decision, severities }: Action & { kind: 'decide' }): boolean {
  const isCritical = severities.includes('CRITICAL');
  if (decision === 'REJECT') return isCritical;
  return decision === 'APPROVE' ? severities.length === 0 : severities.length > 0 && !isCritical;
}

function perform(model: Model, action: Action, caller: Caller): Failure {
  if (action.kind === 'activate') {
    model.version += 1;
    model.chains = action.chains;
    return null;
  }
  if (action.kind === 'create') return create(model, action);
  const submission = model.submissions[action.submission];
  if (submission === undefined) throw new RangeError('an action names a submission that is not there');
  return 'item' in action
    ? performOnItem(submission, action, caller)
    : performOn(model, submission, action, caller);
}

function create(model: Model, { place, scope }: { place: number; scope: Scope }): Failure {
  if (model.chains[scope] === undefined) return 'REFERENCE_NOT_FOUND';
  const isOpen = model.submissions.some(
    (other) => other.place === place && other.scope === scope && !ended.includes(other.status),
  );
  if (isOpen) return 'SUBMISSION_OPEN';
  model.submissions.push({
    place,
    scope,
    status: 'DRAFT',
    revision: 1,
    resume: null,
    documents: [],
    workflows: [],
    lists: [],
  });
  return null;
}

function performOn(
  model: Model,
  submission: ModelSubmission,
  action: Exclude<Action, { kind: 'activate' | 'create' } | { item: number }>,
  caller: Caller,
): Failure {
  const { status } = submission;
  const isPrepared = status === 'DRAFT' || status === 'RECTIFICATION';
  const working = status === 'RECTIFICATION' ? submission.revision + 1 : submission.revision;
  switch (action.kind) {
    case 'attach':
      if (!isPrepared) return illegal;
      submission.documents.push(working);
      return null;
    case 'detach': {
      if (!isPrepared) return illegal;
      const last = submission.documents.at(-1);
      if (last === undefined) return 'ENTITY_NOT_FOUND';
      if (last !== working) return 'HISTORY_IMMUTABLE';
      submission.documents.pop();
      return null;
    }
    case 'submit':
    case 'resubmit': {
      if (status !== (action.kind === 'submit' ? 'DRAFT' : 'RECTIFICATION')) return illegal;
      if (!submission.documents.includes(working)) return 'SUBMISSION_WITHOUT_DOCUMENTS';
      const items = submission.lists.flatMap((list) => list.items);
      if (items.some((item) => item.severity === 'CRITICAL' && item.status === 'OPEN'))
        return 'PUNCHLIST_NOT_CLOSED';
      submission.revision = working;
      submission.status = 'QA_REVIEW';
      return null;
    }
    case 'acceptQa': {
      if (status !== 'QA_REVIEW') return illegal;
      const chain = model.chains[submission.scope];
      if (chain === undefined) return 'POLICY_NOT_FOUND';
      submission.workflows.push(startWorkflow(chain, model.version, submission.resume));
      submission.status = 'IN_REVIEW';
      return null;
    }
    case 'returnQa':
      if (status !== 'QA_REVIEW') return illegal;
      submission.status = 'DRAFT';
      return null;
    case 'complete':
      // Approved without an open item it has been completed already.
      return status === 'APPROVED_WITH_PUNCHLIST' ? 'PUNCHLIST_NOT_CLOSED' : illegal;
    case 'cancel':
      if (status.startsWith('APPROVED') || ended.includes(status)) return illegal;
      cancel(submission);
      return null;
    case 'hold':
    case 'resume':
    case 'cancelWorkflow':
    case 'skip':
    case 'decide':
      return performOnWorkflow(submission, action, caller);
  }
}

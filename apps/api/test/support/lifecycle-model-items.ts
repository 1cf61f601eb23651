import {
  type Action,
  type Caller,
  type Failure,
  illegal,
  isAllClosed,
  type ModelSubmission,
} from './lifecycle-state.ts';

/** What is done to a defect. */
export function performOnItem(
  submission: ModelSubmission,
  action: Extract<Action, { item: number }>,
  caller: Caller,
): Failure {
  const list = submission.lists[action.list];
  const item = list?.items[action.item];
  if (list === undefined || item === undefined)
    throw new RangeError('an action names an item that is not there');
  const { status } = item;
  const isOpen = list.status === 'OPEN';
  switch (action.kind) {
    case 'rectify':
    case 'rectifyWithoutEvidence':
      if (!isOpen || status !== 'OPEN') return illegal;
      if (action.kind === 'rectifyWithoutEvidence') return 'EVIDENCE_REQUIRED';
      item.status = 'RECTIFIED';
      return null;
    case 'validate':
      if (!isOpen || status !== 'RECTIFIED') return illegal;
      item.status = 'QA_VALIDATED';
      return null;
    case 'close':
      if (caller === 'other') return 'ITEM_NOT_YOURS';
      if (!isOpen || status !== 'QA_VALIDATED') return illegal;
      item.status = 'CLOSED';
      if (list.items.every((other) => other.status === 'CLOSED')) list.status = 'CLOSED';
      if (submission.status === 'APPROVED_WITH_PUNCHLIST' && isAllClosed(submission))
        submission.status = 'COMPLETED';
      return null;
    case 'reopen':
      if (caller === 'other') return 'ITEM_NOT_YOURS';
      if (!isOpen || (status !== 'RECTIFIED' && status !== 'QA_VALIDATED')) return illegal;
      item.status = 'OPEN';
      return null;
  }
}

import type { SubmissionStatus } from './submission.ts';
import { nextStatus, type Transition } from './transition.ts';

/**
 * The life of a submission. What a workflow brings about: its last approval `approve`s the submission, or
 * `approveWithPunchlist`s it while an item of any of its workflows is not closed; a rejection `reject`s it. Whatever is
 * approved with nothing left to close is completed at once, in the same transaction. Cancelling its workflow cancels it.
 * @source domain, lifecycles, submission
 */
export const submissionTransitions = {
  attachDocument: { from: ['DRAFT', 'RECTIFICATION'], permission: 'submissions.write' },
  detachDocument: { from: ['DRAFT', 'RECTIFICATION'], permission: 'submissions.write' },
  submit: { from: ['DRAFT'], to: 'QA_REVIEW', permission: 'submissions.write' },
  acceptQa: { from: ['QA_REVIEW'], to: 'IN_REVIEW', permission: 'submissions.review' },
  returnQa: { from: ['QA_REVIEW'], to: 'DRAFT', permission: 'submissions.review' },
  approve: { from: ['IN_REVIEW'], to: 'APPROVED', permission: null },
  approveWithPunchlist: { from: ['IN_REVIEW'], to: 'APPROVED_WITH_PUNCHLIST', permission: null },
  reject: { from: ['IN_REVIEW'], to: 'RECTIFICATION', permission: null },
  resubmit: { from: ['RECTIFICATION'], to: 'QA_REVIEW', permission: 'submissions.write' },
  complete: {
    from: ['APPROVED', 'APPROVED_WITH_PUNCHLIST'],
    to: 'COMPLETED',
    permission: 'submissions.write',
  },
  cancel: {
    from: ['DRAFT', 'QA_REVIEW', 'IN_REVIEW', 'RECTIFICATION'],
    to: 'CANCELLED',
    permission: 'submissions.write',
  },
} as const satisfies Readonly<Record<string, Transition<SubmissionStatus>>>;

/** What can be done to a submission. */
export type SubmissionAction = keyof typeof submissionTransitions;

/** The status that the action leads to; null when it is not possible in that status. */
export function nextSubmissionStatus(
  from: SubmissionStatus,
  action: SubmissionAction,
): SubmissionStatus | null {
  return nextStatus<SubmissionStatus>(submissionTransitions[action], from);
}

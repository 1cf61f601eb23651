import type { LockedSubmission } from './locked-submission.ts';

/**
 * The revision that documents are collected for: in rectification the next one, for the rejected one is history with
 * all its documents; otherwise, also when QA has returned it, the present one.
 */
export function workingRevision({
  status,
  revisionNumber,
}: Pick<LockedSubmission, 'status' | 'revisionNumber'>): number {
  return status === 'RECTIFICATION' ? revisionNumber + 1 : revisionNumber;
}

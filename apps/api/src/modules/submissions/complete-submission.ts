import type { Produced, Submission, SubmissionRef } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { countUnclosedItems } from './count-unclosed-items.ts';
import { completeSubmissionIn } from './end-submission.ts';
import { lockSubmission } from './locked-submission.ts';
import { requireSubmissionTransition } from './move-submission.ts';
import { readSubmission } from './read-submission.ts';

/**
 * Completes an approved submission by hand. The last approval or the last closed item does so by itself; this is for
 * submissions that came from elsewhere.
 * @throws {AppError} ENTITY_NOT_FOUND; TRANSITION_ILLEGAL unless approved; PUNCHLIST_NOT_CLOSED
 */
export async function completeSubmission(
  ctx: WorkspaceContext,
  { submissionId }: SubmissionRef,
): Promise<Produced<typeof Submission>> {
  return await ctx.db.transaction(async (tx) => {
    const submission = await lockSubmission(tx, submissionId);
    requireSubmissionTransition(submission, 'complete');
    const { unclosed: openItems } = await countUnclosedItems(tx, submissionId);
    if (openItems > 0) throw new AppError({ code: 'PUNCHLIST_NOT_CLOSED', submissionId, openItems });
    const [, completed] = await Promise.all([
      completeSubmissionIn(tx, ctx, submission),
      readSubmission(tx, submissionId),
    ]);
    return completed;
  });
}

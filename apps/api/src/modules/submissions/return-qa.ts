import type { Produced, ReturnSubmission, Submission } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { lockSubmission } from './locked-submission.ts';
import { moveSubmission } from './move-submission.ts';
import { readSubmission } from './read-submission.ts';

/**
 * Sends a submission back to its DRAFT, with the reason; its revision stays the same.
 * @throws {AppError} ENTITY_NOT_FOUND; TRANSITION_ILLEGAL unless in QA_REVIEW
 */
export async function returnQa(
  ctx: WorkspaceContext,
  { submissionId, comment }: ReturnSubmission,
): Promise<Produced<typeof Submission>> {
  return await ctx.db.transaction(async (tx) => {
    const submission = await lockSubmission(tx, submissionId);
    const [, returned] = await Promise.all([
      moveSubmission(tx, ctx, submission, 'returnQa', { details: { comment } }),
      readSubmission(tx, submissionId),
    ]);
    return returned;
  });
}

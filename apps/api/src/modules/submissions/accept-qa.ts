import { Prisma } from '@apms/db';
import type { Produced, Submission, SubmissionRef } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { startWorkflowIn } from '../workflows/start-workflow.ts';
import { lockSubmission } from './locked-submission.ts';
import { moveSubmission, requireSubmissionTransition } from './move-submission.ts';
import { readSubmission } from './read-submission.ts';

/**
 * Accepts a submission for review, and starts its workflow in the same transaction: of the version that is ACTIVE now,
 * whichever it was created under, and from the stage that rejected the revision before, if one did.
 * @throws {AppError} ENTITY_NOT_FOUND; TRANSITION_ILLEGAL unless in QA_REVIEW; CONFIG_VERSION_MISSING;
 *   REFERENCE_NOT_FOUND; POLICY_NOT_FOUND; APPROVER_NOT_FOUND
 */
export async function acceptQa(
  ctx: WorkspaceContext,
  { submissionId }: SubmissionRef,
): Promise<Produced<typeof Submission>> {
  return await ctx.db.transaction(async (tx) => {
    const submission = await lockSubmission(tx, submissionId);
    requireSubmissionTransition(submission, 'acceptQa');
    const { siteId, scopeCode, vendorCode, atpCategory, resumeStageNumber } = submission;
    const { id: workflowId } = await startWorkflowIn(tx, ctx, {
      siteId,
      scopeCode,
      vendorCode,
      atpCategory,
      submissionId,
      resumeStageNumber,
    });
    const [, accepted] = await Promise.all([
      moveSubmission(tx, ctx, submission, 'acceptQa', {
        set: [Prisma.sql`workflow_id = ${workflowId}`],
        details: { workflowId },
      }),
      readSubmission(tx, submissionId),
    ]);
    return accepted;
  });
}

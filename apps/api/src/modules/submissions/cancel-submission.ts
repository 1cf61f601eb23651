import { Prisma } from '@apms/db';
import type { CancelSubmission, Produced, Submission } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { cancelWorkflowIn } from '../workflows/cancel-workflow.ts';
import { cancelSubmissionIn } from './end-submission.ts';
import { lockSubmission } from './locked-submission.ts';
import { requireSubmissionTransition } from './move-submission.ts';
import { readSubmission } from './read-submission.ts';

/**
 * Gives a submission up before it is approved, with its running workflow and what is open of its punchlists.
 * @throws {AppError} ENTITY_NOT_FOUND; TRANSITION_ILLEGAL once it is approved or has ended; TRANSACTION_CONFLICT when QA
 *   accepts it at the same moment
 */
export async function cancelSubmission(
  ctx: WorkspaceContext,
  { submissionId, comment }: CancelSubmission,
): Promise<Produced<typeof Submission>> {
  return await ctx.db.transaction(async (tx) => {
    const [[workflow], submission] = await Promise.all([
      tx.query<{ id: string }[]>(Prisma.sql`
        select w.id from workflow_instances w
        where w.id = (select s.workflow_id from atp_submissions s where s.id = ${submissionId})
        for no key update`),
      lockSubmission(tx, submissionId),
    ]);
    requireSubmissionTransition(submission, 'cancel');
    if (submission.status === 'IN_REVIEW' && submission.workflowId !== null) {
      // A workflow that has only just begun is not locked yet, and must not be after its submission.
      if (workflow?.id !== submission.workflowId) throw new AppError({ code: 'TRANSACTION_CONFLICT' });
      await cancelWorkflowIn(tx, ctx, { workflowId: workflow.id, reason: comment });
    }
    const [, cancelled] = await Promise.all([
      cancelSubmissionIn(tx, ctx, submission, comment),
      readSubmission(tx, submissionId),
    ]);
    return cancelled;
  });
}

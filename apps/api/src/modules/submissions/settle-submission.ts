import { Prisma, type SqlTransaction } from '@apms/db';
import type { WorkspaceContext } from '../../context.ts';
import { cancelPunchlistsOfWorkflow } from './cancel-punchlists.ts';
import { countUnclosedItems } from './count-unclosed-items.ts';
import { cancelSubmissionIn, completeSubmissionIn } from './end-submission.ts';
import { lockSubmissionWhere } from './locked-submission.ts';
import { moveSubmission } from './move-submission.ts';

/** How a workflow ended. */
export type WorkflowOutcome =
  | { readonly kind: 'approved' }
  | { readonly kind: 'rejected'; readonly stageNumber: number }
  | { readonly kind: 'cancelled'; readonly comment: string | null };

/**
 * Brings a workflow's end to the submission it was started for, if there is one, in the transaction of the decision:
 * the caller has locked the workflow's row, and has written the decision's own punchlist items before.
 * Approved with nothing left to close, the submission is completed at once. Of a workflow that was cancelled the open
 * punchlists are cancelled too, whether it had a submission or not.
 */
export async function settleSubmissionIn(
  tx: SqlTransaction,
  ctx: WorkspaceContext,
  workflowId: string,
  outcome: WorkflowOutcome,
): Promise<void> {
  const submission = await lockSubmissionWhere(tx, Prisma.sql`s.workflow_id = ${workflowId}`);
  if (submission === null) {
    if (outcome.kind === 'cancelled') await cancelPunchlistsOfWorkflow(tx, ctx, workflowId);
    return;
  }
  switch (outcome.kind) {
    case 'approved': {
      const { unclosed } = await countUnclosedItems(tx, submission.id);
      const action = unclosed > 0 ? 'approveWithPunchlist' : 'approve';
      const approved = await moveSubmission(tx, ctx, submission, action, {
        set: [Prisma.sql`resume_stage_number = null`],
        details: { workflowId },
      });
      if (unclosed === 0) await completeSubmissionIn(tx, ctx, approved);
      return;
    }
    case 'rejected':
      await moveSubmission(tx, ctx, submission, 'reject', {
        set: [Prisma.sql`resume_stage_number = ${outcome.stageNumber}::int`],
        details: { workflowId, stageNumber: outcome.stageNumber },
      });
      return;
    case 'cancelled':
      await cancelSubmissionIn(tx, ctx, submission, outcome.comment);
  }
}

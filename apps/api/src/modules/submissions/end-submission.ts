import { Prisma, type SqlTransaction } from '@apms/db';
import type { WorkspaceContext } from '../../context.ts';
import { cancelPunchlistsOfSubmission } from './cancel-punchlists.ts';
import type { LockedSubmission } from './locked-submission.ts';
import { moveSubmission } from './move-submission.ts';

/** Completes a locked submission of which nothing is left to close. @throws {AppError} TRANSITION_ILLEGAL */
export async function completeSubmissionIn(
  tx: SqlTransaction,
  ctx: WorkspaceContext,
  submission: LockedSubmission,
): Promise<void> {
  await moveSubmission(tx, ctx, submission, 'complete', { set: [Prisma.sql`completed_at = ${ctx.now}`] });
}

/** Cancels a locked submission and, with it, its punchlists that are open. @throws {AppError} TRANSITION_ILLEGAL */
export async function cancelSubmissionIn(
  tx: SqlTransaction,
  ctx: WorkspaceContext,
  submission: LockedSubmission,
  comment: string | null,
): Promise<void> {
  await Promise.all([
    moveSubmission(tx, ctx, submission, 'cancel', {
      set: [Prisma.sql`completed_at = ${ctx.now}`],
      details: { comment, workflowId: submission.workflowId },
    }),
    cancelPunchlistsOfSubmission(tx, ctx, submission.id),
  ]);
}

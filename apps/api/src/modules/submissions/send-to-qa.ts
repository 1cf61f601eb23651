import { Prisma, type SqlTransaction } from '@apms/db';
import type { Produced, Submission, SubmissionRef } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { countUnclosedItems } from './count-unclosed-items.ts';
import { type LockedSubmission, lockSubmission } from './locked-submission.ts';
import { moveSubmission, requireSubmissionTransition } from './move-submission.ts';
import { readSubmission } from './read-submission.ts';
import { workingRevision } from './working-revision.ts';

/**
 * Sends the revision in preparation to QA: `submit` from DRAFT, `resubmit` from RECTIFICATION as the next revision. A
 * revision has documents of its own. What was CRITICAL in a rejected one must at least be said to be rectified, with
 * evidence; QA validates and the approver closes while the new review runs, and MAJOR and MINOR items can wait.
 * @throws {AppError} ENTITY_NOT_FOUND; TRANSITION_ILLEGAL; SUBMISSION_WITHOUT_DOCUMENTS; PUNCHLIST_NOT_CLOSED while a
 *   CRITICAL item is OPEN
 */
export async function sendToQa(
  ctx: WorkspaceContext,
  { submissionId }: SubmissionRef,
  action: 'submit' | 'resubmit',
): Promise<Produced<typeof Submission>> {
  return await ctx.db.transaction(async (tx) => {
    const submission = await lockSubmission(tx, submissionId);
    requireSubmissionTransition(submission, action);
    await requireReady(tx, submission);
    const [, sent] = await Promise.all([
      moveSubmission(tx, ctx, submission, action, {
        revisionNumber: workingRevision(submission),
        set: [Prisma.sql`submitted_at = ${ctx.now}`],
      }),
      readSubmission(tx, submissionId),
    ]);
    return sent;
  });
}

async function requireReady(tx: SqlTransaction, submission: LockedSubmission): Promise<void> {
  const { id: submissionId } = submission;
  const [documents, { criticalOpen }] = await Promise.all([
    tx.query<unknown[]>(Prisma.sql`
      select from atp_submission_documents
      where submission_id = ${submissionId} and revision_number = ${workingRevision(submission)} limit 1`),
    countUnclosedItems(tx, submissionId),
  ]);
  if (documents.length === 0) throw new AppError({ code: 'SUBMISSION_WITHOUT_DOCUMENTS', submissionId });
  if (criticalOpen > 0)
    throw new AppError({ code: 'PUNCHLIST_NOT_CLOSED', submissionId, openItems: criticalOpen });
}

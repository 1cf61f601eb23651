import { Prisma, type SqlTransaction } from '@apms/db';
import { type CloseItem, nextSubmissionStatus, type Produced, type PunchlistItem } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { countUnclosedItems } from '../submissions/count-unclosed-items.ts';
import { completeSubmissionIn } from '../submissions/end-submission.ts';
import { type LockedSubmission, lockSubmissionWhere } from '../submissions/locked-submission.ts';
import { isWorkflowOfSubmission } from '../submissions/workflows-of-submission.ts';
import { type LockedItem, lockItem, lockWorkflowOfItem } from './locked-item.ts';
import { moveItem } from './move-item.ts';

/**
 * Closes an item that QA has validated. The last item closes its list, and the last one of an approved submission
 * completes it, in the same transaction. Workflow, submission and list are locked first, in this order, so that of two
 * last items that are closed at once the second sees the first.
 * @throws {AppError} ENTITY_NOT_FOUND; ITEM_NOT_YOURS unless the caller raised it; TRANSITION_ILLEGAL unless
 *   QA_VALIDATED
 */
export async function closeItem(
  ctx: WorkspaceContext,
  { itemId, comment }: CloseItem,
): Promise<Produced<typeof PunchlistItem>> {
  return await ctx.db.transaction(async (tx) => {
    const [, submission, item] = await Promise.all([
      lockWorkflowOfItem(tx, itemId),
      lockSubmissionOfItem(tx, itemId),
      lockItem(tx, itemId),
    ]);
    if (item.raisedById !== ctx.actor.userId) throw new AppError({ code: 'ITEM_NOT_YOURS', itemId });
    const [closed] = await Promise.all([
      moveItem(tx, ctx, item, 'close', { set: [Prisma.sql`closed_at = ${ctx.now}`], comment }),
      closeListWithLastItem(tx, ctx, item),
    ]);
    if (submission !== null) await completeWithLastItem(tx, ctx, submission);
    return closed;
  });
}

async function lockSubmissionOfItem(tx: SqlTransaction, itemId: string): Promise<LockedSubmission | null> {
  return await lockSubmissionWhere(
    tx,
    Prisma.sql`s.id = (
      select s.id from punchlist_items i
      join punchlists p on p.id = i.punchlist_id and p.workspace_id = i.workspace_id
      join workflow_instances w on w.id = p.workflow_id and w.workspace_id = p.workspace_id
      join atp_submissions s on ${isWorkflowOfSubmission}
      where i.id = ${itemId})`,
  );
}

async function closeListWithLastItem(
  tx: SqlTransaction,
  { now }: WorkspaceContext,
  { punchlistId }: LockedItem,
): Promise<void> {
  await tx.query(Prisma.sql`
    update punchlists p set status = 'CLOSED', closed_at = ${now}, updated_at = ${now}
    where p.id = ${punchlistId} and not exists (
      select from punchlist_items i where i.punchlist_id = p.id and i.status <> 'CLOSED')`);
}

async function completeWithLastItem(
  tx: SqlTransaction,
  ctx: WorkspaceContext,
  submission: LockedSubmission,
): Promise<void> {
  if (nextSubmissionStatus(submission.status, 'complete') === null) return;
  const { unclosed } = await countUnclosedItems(tx, submission.id);
  if (unclosed === 0) await completeSubmissionIn(tx, ctx, submission);
}

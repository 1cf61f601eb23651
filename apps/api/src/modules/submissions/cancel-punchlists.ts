import { Prisma, type SqlTransaction } from '@apms/db';
import type { WorkspaceContext } from '../../context.ts';
import { isWorkflowOfSubmission } from './workflows-of-submission.ts';

/** Cancels what is still open of the punchlists of all workflows of a submission: nobody has to mend that any more. */
export async function cancelPunchlistsOfSubmission(
  tx: SqlTransaction,
  ctx: Pick<WorkspaceContext, 'now'>,
  submissionId: string,
): Promise<void> {
  await cancelPunchlists(
    tx,
    ctx,
    Prisma.sql`select w.id from atp_submissions s join workflow_instances w on ${isWorkflowOfSubmission}
               where s.id = ${submissionId}`,
  );
}

/** The same for one workflow, which was started without a submission. */
export async function cancelPunchlistsOfWorkflow(
  tx: SqlTransaction,
  ctx: Pick<WorkspaceContext, 'now'>,
  workflowId: string,
): Promise<void> {
  await cancelPunchlists(tx, ctx, Prisma.sql`select ${workflowId}::text`);
}

async function cancelPunchlists(
  tx: SqlTransaction,
  { now }: Pick<WorkspaceContext, 'now'>,
  workflowIds: Prisma.Sql,
): Promise<void> {
  await tx.query(Prisma.sql`
    update punchlists set status = 'CANCELLED', updated_at = ${now}
    where workflow_id in (${workflowIds}) and status = 'OPEN'`);
}

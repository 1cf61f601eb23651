import { Prisma, type SqlTransaction } from '@apms/db';
import type { WorkspaceContext } from '../../context.ts';
import { isWorkflowOfSubmission } from './workflows-of-submission.ts';

/** Cancels what is still open of the punchlists of all workflows of a submission: nobody has to mend that any more. */
export async function cancelPunchlists(
  tx: SqlTransaction,
  { now }: Pick<WorkspaceContext, 'now'>,
  submissionId: string,
): Promise<void> {
  await tx.query(Prisma.sql`
    update punchlists p set status = 'CANCELLED', updated_at = ${now}
    from atp_submissions s join workflow_instances w on ${isWorkflowOfSubmission}
    where s.id = ${submissionId} and p.workflow_id = w.id and p.workspace_id = w.workspace_id and p.status = 'OPEN'`);
}

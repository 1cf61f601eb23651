import { Prisma, type SqlTransaction } from '@apms/db';
import { isWorkflowOfSubmission, itemsOfSubmission } from './workflows-of-submission.ts';

/** How many items of a submission's workflows are not done with. */
export interface UnclosedItems {
  /** In any state but CLOSED; while there is one, the submission is not completed. */
  readonly unclosed: number;
  /** CRITICAL and still OPEN, so not even said to be rectified. */
  readonly criticalOpen: number;
}

/** Counts over all workflows that the submission ever had; items of a cancelled list do not count. */
export async function countUnclosedItems(tx: SqlTransaction, submissionId: string): Promise<UnclosedItems> {
  const [counts] = await tx.query<UnclosedItems[]>(Prisma.sql`
    select count(*)::int as unclosed,
           (count(*) filter (where i.severity = 'CRITICAL' and i.status = 'OPEN'))::int as "criticalOpen"
    from atp_submissions s
    join (${itemsOfSubmission}) on ${isWorkflowOfSubmission}
    where s.id = ${submissionId} and p.status <> 'CANCELLED' and i.status <> 'CLOSED'`);
  return counts ?? { unclosed: 0, criticalOpen: 0 };
}

import { Prisma, type SqlTransaction } from '@apms/db';
import {
  type Produced,
  type PunchlistItemStatus,
  type SubmissionDetails,
  type SubmissionEvent,
  type SubmissionRef,
} from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { readSubmission } from './read-submission.ts';
import { readSubmissionDocuments } from './read-submission-documents.ts';
import { isWorkflowOfSubmission, itemsOfSubmission } from './workflows-of-submission.ts';

type Details = Produced<typeof SubmissionDetails>;

/** Everything that belongs to a submission, in one flight of statements. @throws {AppError} ENTITY_NOT_FOUND */
export async function getSubmission(
  { db }: WorkspaceContext,
  { submissionId }: SubmissionRef,
): Promise<Details> {
  return await db.transaction(async (tx) => {
    const [submission, documents, workflows, punchlistItems, history] = await Promise.all([
      readSubmission(tx, submissionId),
      readSubmissionDocuments(tx, submissionId),
      readWorkflows(tx, submissionId),
      countItems(tx, submissionId),
      readHistory(tx, submissionId),
    ]);
    return { ...submission, documents, workflows, punchlistItems, history };
  });
}

async function readWorkflows(tx: SqlTransaction, submissionId: string): Promise<Details['workflows']> {
  return await tx.query(Prisma.sql`
    select w.id, w.status, w.current_stage_number as "currentStageNumber", w.total_stages as "totalStages",
           w.config_version_id as "configVersionId", w.started_at as "startedAt", w.completed_at as "completedAt"
    from atp_submissions s
    join workflow_instances w on ${isWorkflowOfSubmission}
    where s.id = ${submissionId}
    order by w.started_at, w.id`);
}

async function countItems(tx: SqlTransaction, submissionId: string): Promise<Details['punchlistItems']> {
  const counts = await tx.query<{ status: PunchlistItemStatus; count: number }[]>(Prisma.sql`
    select i.status, count(*)::int as count
    from atp_submissions s
    join (${itemsOfSubmission}) on ${isWorkflowOfSubmission}
    where s.id = ${submissionId} and p.status <> 'CANCELLED'
    group by i.status`);
  const countOf = (status: PunchlistItemStatus) => counts.find((row) => row.status === status)?.count ?? 0;
  return {
    OPEN: countOf('OPEN'),
    RECTIFIED: countOf('RECTIFIED'),
    QA_VALIDATED: countOf('QA_VALIDATED'),
    CLOSED: countOf('CLOSED'),
  };
}

/** In the order in which it was written: that, not when a call came in, is the order of what was done at once. */
async function readHistory(
  tx: SqlTransaction,
  submissionId: string,
): Promise<Produced<typeof SubmissionEvent>[]> {
  return await tx.query(Prisma.sql`
    select e.action, e.actor_id as "actorId", u.display_name as "actorName", e.details ->> 'from' as "from",
           e.details ->> 'to' as "to", (e.details ->> 'revisionNumber')::int as "revisionNumber",
           e.details ->> 'comment' as comment, e.created_at as at
    from audit_events e
    left join users u on u.id = e.actor_id
    where e.entity_type = 'submission' and e.entity_id = ${submissionId} and e.action like 'submissions.%'
    order by e.id`);
}

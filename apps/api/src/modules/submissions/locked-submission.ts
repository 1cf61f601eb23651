import { Prisma, type SqlTransaction } from '@apms/db';
import type { AtpCategory, SubmissionStatus } from '@apms/validators';
import { AppError } from '../../errors.ts';

/** A submission that nobody else can change until the transaction ends. */
export interface LockedSubmission {
  readonly id: string;
  readonly status: SubmissionStatus;
  readonly revisionNumber: number;
  readonly workflowId: string | null;
  readonly resumeStageNumber: number | null;
  readonly siteId: string;
  readonly scopeCode: string;
  readonly vendorCode: string | null;
  readonly atpCategory: AtpCategory;
}

/**
 * Locks the submission for which `where` holds; null when there is none. The order in which locks are taken is
 * workflow, submission, punchlist, so whoever needs the workflow too has locked it before.
 */
export async function lockSubmissionWhere(
  tx: SqlTransaction,
  where: Prisma.Sql,
): Promise<LockedSubmission | null> {
  const [submission] = await tx.query<LockedSubmission[]>(Prisma.sql`
    select s.id, s.status, s.revision_number as "revisionNumber", s.workflow_id as "workflowId",
           s.resume_stage_number as "resumeStageNumber", s.site_id as "siteId", s.scope_code as "scopeCode",
           (select v.vendor_code from vendor_master v where v.id = s.vendor_id) as "vendorCode",
           s.atp_category as "atpCategory"
    from atp_submissions s
    where ${where}
    for no key update of s`);
  return submission ?? null;
}

/** @throws {AppError} ENTITY_NOT_FOUND */
export async function lockSubmission(tx: SqlTransaction, submissionId: string): Promise<LockedSubmission> {
  const submission = await lockSubmissionWhere(tx, Prisma.sql`s.id = ${submissionId}`);
  if (submission === null)
    throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'submission', id: submissionId });
  return submission;
}

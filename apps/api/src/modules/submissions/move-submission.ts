import { Prisma, type SqlTransaction } from '@apms/db';
import { nextSubmissionStatus, type SubmissionAction, type SubmissionStatus } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import type { LockedSubmission } from './locked-submission.ts';

/** What an action changes beside the status, and what is told about it in the submission's history. */
export interface SubmissionChange {
  readonly set?: readonly Prisma.Sql[];
  /** The revision that the history entry is about; the present one when absent. */
  readonly revisionNumber?: number;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** @throws {AppError} TRANSITION_ILLEGAL when the action is not possible in the submission's status */
export function requireSubmissionTransition(
  { id, status }: Pick<LockedSubmission, 'id' | 'status'>,
  action: SubmissionAction,
): SubmissionStatus {
  const to = nextSubmissionStatus(status, action);
  if (to === null) {
    throw new AppError({ code: 'TRANSITION_ILLEGAL', entity: 'submission', id, from: status, action });
  }
  return to;
}

/**
 * Takes a locked submission through an action and appends it to its history.
 * @returns the submission as it stands then
 * @throws {AppError} TRANSITION_ILLEGAL
 */
export async function moveSubmission(
  tx: SqlTransaction,
  ctx: WorkspaceContext,
  submission: LockedSubmission,
  action: SubmissionAction,
  { set = [], revisionNumber = submission.revisionNumber, details = {} }: SubmissionChange = {},
): Promise<LockedSubmission> {
  const to = requireSubmissionTransition(submission, action);
  const changes = [
    Prisma.sql`status = ${to}`,
    Prisma.sql`revision_number = ${revisionNumber}`,
    Prisma.sql`updated_at = ${ctx.now}`,
    ...set,
  ];
  await Promise.all([
    tx.query(
      Prisma.sql`update atp_submissions set ${Prisma.join(changes, ', ')} where id = ${submission.id}`,
    ),
    recordAuditEvent(tx, ctx, {
      action: `submissions.${action}`,
      entityType: 'submission',
      entityId: submission.id,
      details: { from: submission.status, to, revisionNumber, ...details },
    }),
  ]);
  return { ...submission, status: to, revisionNumber };
}

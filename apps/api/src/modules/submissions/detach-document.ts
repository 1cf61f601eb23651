import { Prisma } from '@apms/db';
import type { DetachDocument, Produced, SubmissionDocument } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { lockSubmission } from './locked-submission.ts';
import { requireSubmissionTransition } from './move-submission.ts';
import { readSubmissionDocuments } from './read-submission-documents.ts';
import { workingRevision } from './working-revision.ts';

/**
 * Takes a document out of the revision in preparation; the document itself stays.
 * @throws {AppError} ENTITY_NOT_FOUND; TRANSITION_ILLEGAL unless in DRAFT or RECTIFICATION; HISTORY_IMMUTABLE when it
 *   came with an earlier revision
 */
export async function detachDocument(
  ctx: WorkspaceContext,
  { submissionId, documentId }: DetachDocument,
): Promise<Produced<typeof SubmissionDocument>[]> {
  return await ctx.db.transaction(async (tx) => {
    const submission = await lockSubmission(tx, submissionId);
    requireSubmissionTransition(submission, 'detachDocument');
    const revisionNumber = workingRevision(submission);
    const attached = await readSubmissionDocuments(tx, submissionId);
    const document = attached.find((candidate) => candidate.documentId === documentId);
    if (document === undefined)
      throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'submissionDocument', id: documentId });
    if (document.revisionNumber !== revisionNumber)
      throw new AppError({ code: 'HISTORY_IMMUTABLE', entity: 'atp_submission_documents' });
    await Promise.all([
      tx.query(Prisma.sql`
        delete from atp_submission_documents where submission_id = ${submissionId} and document_id = ${documentId}`),
      recordAuditEvent(tx, ctx, {
        action: 'submissions.detachDocument',
        entityType: 'submission',
        entityId: submissionId,
        details: { documentId, documentType: document.documentType, revisionNumber },
      }),
    ]);
    return attached.filter((other) => other !== document);
  });
}

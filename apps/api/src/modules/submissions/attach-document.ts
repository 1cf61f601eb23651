import { newId, Prisma } from '@apms/db';
import type { AttachDocument, Produced, SubmissionDocument } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { validateReferences } from '../../references.ts';
import { lockSubmission } from './locked-submission.ts';
import { requireSubmissionTransition } from './move-submission.ts';
import { readSubmissionDocuments } from './read-submission-documents.ts';
import { workingRevision } from './working-revision.ts';

/**
 * Adds an uploaded document to the revision in preparation.
 * @throws {AppError} ENTITY_NOT_FOUND; TRANSITION_ILLEGAL unless in DRAFT or RECTIFICATION; REFERENCE_NOT_FOUND;
 *   ENTITY_DUPLICATE when the submission has the document already
 */
export async function attachDocument(
  ctx: WorkspaceContext,
  { submissionId, documentId, documentType }: AttachDocument,
): Promise<Produced<typeof SubmissionDocument>[]> {
  const { db, now } = ctx;
  return await db.transaction(async (tx) => {
    const submission = await lockSubmission(tx, submissionId);
    requireSubmissionTransition(submission, 'attachDocument');
    await validateReferences(tx, [{ table: 'documents', field: 'documentId', id: documentId }]);
    const revisionNumber = workingRevision(submission);
    const [, , documents] = await Promise.all([
      tx.query(Prisma.sql`
        insert into atp_submission_documents (id, workspace_id, submission_id, document_id, document_type,
                                              revision_number, created_at)
        values (${newId()}, ${db.scope.workspaceId}::uuid, ${submissionId}, ${documentId}, ${documentType},
                ${revisionNumber}, ${now})`),
      recordAuditEvent(tx, ctx, {
        action: 'submissions.attachDocument',
        entityType: 'submission',
        entityId: submissionId,
        details: { documentId, documentType, revisionNumber },
      }),
      readSubmissionDocuments(tx, submissionId),
    ]);
    return documents;
  });
}

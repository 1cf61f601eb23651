import { Prisma, type SqlTransaction } from '@apms/db';
import type { Produced, SubmissionDocument } from '@apms/validators';

/** The documents of all revisions, in the order in which they came. */
export async function readSubmissionDocuments(
  tx: SqlTransaction,
  submissionId: string,
): Promise<Produced<typeof SubmissionDocument>[]> {
  return await tx.query(Prisma.sql`
    select d.id as "documentId", a.document_type as "documentType", a.revision_number as "revisionNumber", d.name,
           d.media_type as "mediaType", d.size_bytes as "sizeBytes", a.created_at as "attachedAt"
    from atp_submission_documents a
    join documents d on d.id = a.document_id and d.workspace_id = a.workspace_id
    where a.submission_id = ${submissionId}
    order by a.revision_number, a.created_at, a.id`);
}

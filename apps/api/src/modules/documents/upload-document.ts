import { newId, Prisma } from '@apms/db';
import type { Document, Produced, UploadDocument } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import type { StoredContent } from '../../document-store.ts';
import { repeatable } from '../../enter-workspace.ts';
import { AppError } from '../../errors.ts';
import { checkMediaType } from './check-media-type.ts';
import { readDocument } from './read-document.ts';

/** A content on its way, and what its sender says about it. */
export interface Upload extends UploadDocument {
  readonly content: AsyncIterable<Uint8Array>;
  readonly idempotencyKey: string | null;
}

/** How much of a content is looked at to recognise it. */
const HEAD_BYTES = 64 * 1024;

/**
 * Stores a content as it arrives and then records it. An upload that breaks off or is refused leaves neither a row nor
 * a file; one that is repeated with its key gets the first one's document.
 * @throws {AppError} DOCUMENT_EMPTY, DOCUMENT_TOO_LARGE, DOCUMENT_TYPE_REFUSED, DOCUMENT_CORRUPT
 */
export async function uploadDocument(
  ctx: WorkspaceContext,
  { name, mediaType: declared, expectedSha256, content, idempotencyKey: key }: Upload,
): Promise<Produced<typeof Document>> {
  const { documents } = ctx.services;
  let mediaType = '';
  async function* recognised(): AsyncGenerator<Uint8Array> {
    for await (const chunk of headFirst(content)) {
      if (mediaType === '') mediaType = await checkMediaType(declared, chunk);
      yield chunk;
    }
  }
  const stored = await documents.write(recognised(), ctx.db.scope.workspaceId);
  const { storageKey, sha256 } = stored;
  try {
    if (expectedSha256 !== null && expectedSha256 !== sha256) {
      throw new AppError({ code: 'DOCUMENT_CORRUPT', expectedSha256, actualSha256: sha256 });
    }
    const input = { name, mediaType, sha256 };
    const once = repeatable(ctx, { key, procedure: 'documents.upload', input });
    const documentId = newId();
    const document = await recordDocument(once, documentId, { ...input, ...stored });
    if (document.id !== documentId) await documents.remove(storageKey);
    return document;
  } catch (error) {
    // After any other failure the row may have been committed: then clean-up finds out whether the file is needed.
    if (error instanceof AppError) await documents.remove(storageKey);
    throw error;
  }
}

/** The same bytes, the first {@link HEAD_BYTES} of them in one chunk. */
async function* headFirst(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Uint8Array[] | null = [];
  let headBytes = 0;
  for await (const chunk of content) {
    if (head === null) {
      yield chunk;
      continue;
    }
    head.push(chunk);
    headBytes += chunk.byteLength;
    if (headBytes < HEAD_BYTES) continue;
    yield Buffer.concat(head);
    head = null;
  }
  if (head !== null && headBytes > 0) yield Buffer.concat(head);
}

async function recordDocument(
  ctx: WorkspaceContext,
  documentId: string,
  { name, mediaType, storageKey, sizeBytes, sha256 }: Pick<Document, 'name' | 'mediaType'> & StoredContent,
): Promise<Produced<typeof Document>> {
  const { workspaceId, userId } = ctx.db.scope;
  return await ctx.db.transaction(async (tx) => {
    const details = { name, mediaType, sizeBytes, sha256 };
    const [, , document] = await Promise.all([
      tx.query(Prisma.sql`
        insert into documents
          (id, workspace_id, name, media_type, size_bytes, sha256, storage_key, uploaded_by_id, created_at)
        values (${documentId}, ${workspaceId}::uuid, ${name}, ${mediaType}, ${sizeBytes}, ${sha256}, ${storageKey},
                ${userId}, ${ctx.now})`),
      recordAuditEvent(tx, ctx, {
        action: 'documents.upload',
        entityType: 'document',
        entityId: documentId,
        details,
      }),
      readDocument(tx, documentId),
    ]);
    return document;
  });
}

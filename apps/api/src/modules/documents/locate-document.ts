import { Prisma, type SqlTransaction } from '@apms/db';
import type { Document } from '@apms/validators';
import { AppError } from '../../errors.ts';

/** A document and where the store keeps its bytes. */
export interface LocatedDocument extends Pick<Document, 'name' | 'mediaType' | 'sizeBytes' | 'sha256'> {
  readonly documentId: string;
  readonly storageKey: string;
}

/** @throws {AppError} ENTITY_NOT_FOUND */
export async function locateDocument(
  tx: Pick<SqlTransaction, 'query'>,
  documentId: string,
): Promise<LocatedDocument> {
  const [document] = await tx.query<LocatedDocument[]>(Prisma.sql`
    select id as "documentId", name, media_type as "mediaType", size_bytes::float8 as "sizeBytes", sha256,
           storage_key as "storageKey"
    from documents where id = ${documentId}`);
  if (document === undefined)
    throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'document', id: documentId });
  return document;
}

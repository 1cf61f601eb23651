import { Prisma, type SqlTransaction } from '@apms/db';
import type { Document, Produced } from '@apms/validators';
import { AppError } from '../../errors.ts';
import { documentColumns, documentSource } from './document-columns.ts';

/** @throws {AppError} ENTITY_NOT_FOUND */
export async function readDocument(
  tx: Pick<SqlTransaction, 'query'>,
  documentId: string,
): Promise<Produced<typeof Document>> {
  const [document] = await tx.query<Produced<typeof Document>[]>(
    Prisma.sql`${documentColumns} ${documentSource} where d.id = ${documentId}`,
  );
  if (document === undefined)
    throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'document', id: documentId });
  return document;
}

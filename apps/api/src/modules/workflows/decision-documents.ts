import { Prisma, type SqlTransaction } from '@apms/db';
import type { DecisionDocument, RaisedItem } from '@apms/validators';
import { AppError } from '../../errors.ts';
import { codeItems } from './code-items.ts';

/**
 * The documents that a decision comes with, as its log keeps them: with what they are called, for it never changes. Asks for
 * nothing when there are none.
 * @throws {AppError} REFERENCE_NOT_FOUND for the first that is not one of the workspace
 */
export async function decisionDocuments(
  tx: Pick<SqlTransaction, 'query'>,
  documentIds: readonly string[],
  items: readonly RaisedItem[],
): Promise<DecisionDocument[]> {
  const codes = codeItems(items);
  const attached = [
    ...documentIds.map((id) => ({ id, field: 'documentIds', itemCode: null })),
    ...items.flatMap((item, index) =>
      item.documentIds.map((id) => ({
        id,
        field: `items.${index}.documentIds`,
        itemCode: codes[index] ?? null,
      })),
    ),
  ];
  if (attached.length === 0) return [];
  const found = await tx.query<Omit<DecisionDocument, 'itemCode'>[]>(Prisma.sql`
    select id as "documentId", name, media_type as "mediaType" from documents
    where id = any(${attached.map(({ id }) => id)}::text[])`);
  const documents = new Map(found.map((document) => [document.documentId, document]));
  return attached.map(({ id, field, itemCode }) => {
    const document = documents.get(id);
    if (document === undefined)
      throw new AppError({ code: 'REFERENCE_NOT_FOUND', entity: 'documents', field, id });
    return { ...document, itemCode };
  });
}

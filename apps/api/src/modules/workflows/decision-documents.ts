import { Prisma, type SqlTransaction } from '@apms/db';
import type { DecisionDocument, RaisedItem } from '@apms/validators';
import { AppError } from '../../errors.ts';
import { codeItems } from './code-items.ts';

/**
 * The documents that a decision comes with, as its log keeps them: with their names, for neither ever changes. Asks for
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
  const found = await tx.query<{ id: string; name: string }[]>(
    Prisma.sql`select id, name from documents where id = any(${attached.map(({ id }) => id)}::text[])`,
  );
  const names = new Map(found.map(({ id, name }) => [id, name]));
  return attached.map(({ id, field, itemCode }) => {
    const name = names.get(id);
    if (name === undefined)
      throw new AppError({ code: 'REFERENCE_NOT_FOUND', entity: 'documents', field, id });
    return { documentId: id, name, itemCode };
  });
}

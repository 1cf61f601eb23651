import { Prisma, type SqlTransaction } from '@apms/db';
import type { Produced, PunchlistItem } from '@apms/validators';
import { AppError } from '../../errors.ts';
import { itemColumns } from './item-columns.ts';

/** @throws {AppError} ENTITY_NOT_FOUND */
export async function readItem(tx: SqlTransaction, itemId: string): Promise<Produced<typeof PunchlistItem>> {
  const [item] = await tx.query<Produced<typeof PunchlistItem>[]>(
    Prisma.sql`${itemColumns} from punchlist_items i where i.id = ${itemId}`,
  );
  if (item === undefined)
    throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'punchlistItem', id: itemId });
  return item;
}

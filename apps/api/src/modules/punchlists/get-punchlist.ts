import { Prisma } from '@apms/db';
import type { Produced, Punchlist, PunchlistDetails, PunchlistItem, PunchlistRef } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { itemColumns } from './item-columns.ts';
import { punchlistColumns, punchlistTables } from './punchlist-columns.ts';

/** A list with its items, in the order of their codes. @throws {AppError} ENTITY_NOT_FOUND */
export async function getPunchlist(
  { db }: WorkspaceContext,
  { punchlistId }: PunchlistRef,
): Promise<Produced<typeof PunchlistDetails>> {
  return await db.transaction(async (tx) => {
    const [[punchlist], items] = await Promise.all([
      tx.query<Produced<typeof Punchlist>[]>(
        Prisma.sql`${punchlistColumns} ${punchlistTables} where p.id = ${punchlistId}`,
      ),
      tx.query<Produced<typeof PunchlistItem>[]>(Prisma.sql`
        ${itemColumns} from punchlist_items i where i.punchlist_id = ${punchlistId} order by i.item_code, i.id`),
    ]);
    if (punchlist === undefined)
      throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'punchlist', id: punchlistId });
    return { ...punchlist, items };
  });
}

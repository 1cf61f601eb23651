import { Prisma } from '@apms/db';
import type { Produced, PunchlistItem, ReopenItem } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { isPermitted } from '../../permissions.ts';
import { lockItem } from './locked-item.ts';
import { moveItem } from './move-item.ts';

/**
 * Sends an item back to be mended again: by QA, or by the person who raised it. Its evidence is taken off and stays in
 * the audit trail.
 * @throws {AppError} ENTITY_NOT_FOUND; ITEM_NOT_YOURS; TRANSITION_ILLEGAL unless RECTIFIED or QA_VALIDATED
 */
export async function reopenItem(
  ctx: WorkspaceContext,
  { itemId, comment }: ReopenItem,
): Promise<Produced<typeof PunchlistItem>> {
  const { actor } = ctx;
  return await ctx.db.transaction(async (tx) => {
    const item = await lockItem(tx, itemId);
    if (item.raisedById !== actor.userId && !isPermitted(actor.roles, 'punchlists.validate'))
      throw new AppError({ code: 'ITEM_NOT_YOURS', itemId });
    const set = [
      Prisma.sql`evidence_document_id = null`,
      Prisma.sql`rectified_at = null`,
      Prisma.sql`validated_at = null`,
    ];
    return await moveItem(tx, ctx, item, 'reopen', { set, comment });
  });
}

import { Prisma } from '@apms/db';
import type { Produced, PunchlistItem, ValidateItem } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { lockItem } from './locked-item.ts';
import { moveItem } from './move-item.ts';

/**
 * QA has re-checked the defect on the evidence.
 * @throws {AppError} ENTITY_NOT_FOUND; TRANSITION_ILLEGAL unless RECTIFIED
 */
export async function validateItem(
  ctx: WorkspaceContext,
  { itemId, comment }: ValidateItem,
): Promise<Produced<typeof PunchlistItem>> {
  return await ctx.db.transaction(async (tx) => {
    const item = await lockItem(tx, itemId);
    return await moveItem(tx, ctx, item, 'validate', {
      set: [Prisma.sql`validated_at = ${ctx.now}`],
      comment,
    });
  });
}

import { Prisma } from '@apms/db';
import type { Produced, PunchlistItem, RectifyItem } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { validateReferences } from '../../references.ts';
import { lockItem } from './locked-item.ts';
import { moveItem, requireItemTransition } from './move-item.ts';

/**
 * Says that a defect is mended, with the document that shows it.
 * @throws {AppError} ENTITY_NOT_FOUND; TRANSITION_ILLEGAL unless OPEN; EVIDENCE_REQUIRED; REFERENCE_NOT_FOUND
 */
export async function rectifyItem(
  ctx: WorkspaceContext,
  { itemId, evidenceDocumentId, comment }: RectifyItem,
): Promise<Produced<typeof PunchlistItem>> {
  return await ctx.db.transaction(async (tx) => {
    const item = await lockItem(tx, itemId);
    requireItemTransition(item, 'rectify');
    if (evidenceDocumentId === null) throw new AppError({ code: 'EVIDENCE_REQUIRED', itemId });
    await validateReferences(tx, [
      { table: 'documents', field: 'evidenceDocumentId', id: evidenceDocumentId },
    ]);
    const set = [
      Prisma.sql`evidence_document_id = ${evidenceDocumentId}`,
      Prisma.sql`rectified_at = ${ctx.now}`,
    ];
    return await moveItem(tx, ctx, item, 'rectify', { set, comment, evidenceDocumentId });
  });
}

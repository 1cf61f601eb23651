import { Prisma, type SqlTransaction } from '@apms/db';
import {
  type ItemAction,
  nextItemStatus,
  type Produced,
  type PunchlistItem,
  type PunchlistItemStatus,
} from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import type { LockedItem } from './locked-item.ts';
import { readItem } from './read-item.ts';

/** What an action changes beside the status. */
export interface ItemChange {
  readonly set: readonly Prisma.Sql[];
  readonly comment: string | null;
  readonly evidenceDocumentId?: string | null;
}

/** @throws {AppError} TRANSITION_ILLEGAL when the action is not possible in the item's status, or its list has ended */
export function requireItemTransition(item: LockedItem, action: ItemAction): PunchlistItemStatus {
  const to = nextItemStatus(item.listStatus, item.status, action);
  if (to !== null) return to;
  const subject =
    item.listStatus === 'CANCELLED'
      ? ({ entity: 'punchlist', id: item.punchlistId, from: item.listStatus } as const)
      : ({ entity: 'punchlistItem', id: item.id, from: item.status } as const);
  throw new AppError({ code: 'TRANSITION_ILLEGAL', ...subject, action });
}

/** Takes a locked item through an action, with an audit event. @throws {AppError} TRANSITION_ILLEGAL */
export async function moveItem(
  tx: SqlTransaction,
  ctx: WorkspaceContext,
  item: LockedItem,
  action: ItemAction,
  { set, comment, evidenceDocumentId = item.evidenceDocumentId }: ItemChange,
): Promise<Produced<typeof PunchlistItem>> {
  const to = requireItemTransition(item, action);
  const changes = Prisma.join(
    [
      Prisma.sql`status = ${to}`,
      Prisma.sql`comment = ${comment}`,
      Prisma.sql`updated_at = ${ctx.now}`,
      ...set,
    ],
    ', ',
  );
  const [, , moved] = await Promise.all([
    tx.query(Prisma.sql`update punchlist_items set ${changes} where id = ${item.id}`),
    recordAuditEvent(tx, ctx, {
      action: `punchlists.${action}`,
      entityType: 'punchlistItem',
      entityId: item.id,
      details: { from: item.status, to, comment, evidenceDocumentId, punchlistId: item.punchlistId },
    }),
    readItem(tx, item.id),
  ]);
  return moved;
}

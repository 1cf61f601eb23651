import { Prisma, type SqlTransaction } from '@apms/db';
import type { PunchlistItemStatus, PunchlistStatus } from '@apms/validators';
import { AppError } from '../../errors.ts';

/** An item that nobody else can change until the transaction ends, nor its list. */
export interface LockedItem {
  readonly id: string;
  readonly status: PunchlistItemStatus;
  readonly raisedById: string;
  readonly evidenceDocumentId: string | null;
  readonly punchlistId: string;
  readonly listStatus: PunchlistStatus;
  readonly workflowId: string;
}

/** @throws {AppError} ENTITY_NOT_FOUND */
export async function lockItem(tx: SqlTransaction, itemId: string): Promise<LockedItem> {
  const [item] = await tx.query<LockedItem[]>(Prisma.sql`
    select i.id, i.status, i.raised_by_id as "raisedById", i.evidence_document_id as "evidenceDocumentId",
           p.id as "punchlistId", p.status as "listStatus", p.workflow_id as "workflowId"
    from punchlist_items i
    join punchlists p on p.id = i.punchlist_id and p.workspace_id = i.workspace_id
    where i.id = ${itemId}
    for no key update of p, i`);
  if (item === undefined)
    throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'punchlistItem', id: itemId });
  return item;
}

/** Locks the workflow that an item was raised in: what comes before its submission in the order of locks. */
export async function lockWorkflowOfItem(tx: SqlTransaction, itemId: string): Promise<void> {
  await tx.query(Prisma.sql`
    select w.id from workflow_instances w
    where w.id = (select p.workflow_id from punchlist_items i
                  join punchlists p on p.id = i.punchlist_id and p.workspace_id = i.workspace_id
                  where i.id = ${itemId})
    for no key update`);
}

import { Prisma } from '@apms/db';
import type { VendorRef } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { deleteFromDraft } from '../config-versions/delete-from-draft.ts';

const uses = [{ table: Prisma.sql`approval_policy_master`, column: Prisma.sql`vendor_id` }];

/** @throws {AppError} ENTITY_NOT_FOUND, CONFIG_VERSION_NOT_DRAFT, ENTITY_IN_USE */
export async function deleteVendor(ctx: WorkspaceContext, { vendorId }: VendorRef): Promise<VendorRef> {
  await deleteFromDraft(ctx, { action: 'vendors.delete', entityType: 'vendor', entityId: vendorId }, uses);
  return { vendorId };
}

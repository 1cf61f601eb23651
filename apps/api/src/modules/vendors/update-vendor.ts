import { Prisma } from '@apms/db';
import type { Produced, UpdateVendor, Vendor } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { updateInDraft } from '../config-versions/update-in-draft.ts';
import { vendorSource } from './vendor-source.ts';

const columns = {
  vendorCode: Prisma.sql`vendor_code`,
  vendorName: Prisma.sql`vendor_name`,
  vendorType: Prisma.sql`vendor_type`,
  contactEmail: Prisma.sql`contact_email`,
  isActive: Prisma.sql`is_active`,
};

/** @throws {AppError} ENTITY_NOT_FOUND, CONFIG_VERSION_NOT_DRAFT, ENTITY_DUPLICATE */
export async function updateVendor(
  ctx: WorkspaceContext,
  { vendorId, ...changes }: UpdateVendor,
): Promise<Produced<typeof Vendor>> {
  const edit = {
    action: 'vendors.update',
    entityType: 'vendor',
    entityId: vendorId,
    details: changes,
  } as const;
  return await updateInDraft(ctx, edit, { columns, changes, source: vendorSource });
}

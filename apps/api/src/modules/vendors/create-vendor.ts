import { newId, Prisma } from '@apms/db';
import type { CreateVendor, Produced, Vendor } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { addToDraft } from '../config-versions/edit-draft.ts';
import { readConfigRow } from '../config-versions/read-config-row.ts';
import { vendorSource } from './vendor-source.ts';

/** @throws {AppError} ENTITY_NOT_FOUND, CONFIG_VERSION_NOT_DRAFT, ENTITY_DUPLICATE */
export async function createVendor(
  ctx: WorkspaceContext,
  input: CreateVendor,
): Promise<Produced<typeof Vendor>> {
  const { configVersionId, vendorCode, vendorName, vendorType, contactEmail, isActive } = input;
  const id = newId();
  const edit = { action: 'vendors.create', entityType: 'vendor', entityId: id, details: input } as const;
  return await addToDraft(ctx, configVersionId, edit, async (tx) => {
    const [, vendor] = await Promise.all([
      tx.query(Prisma.sql`
        insert into vendor_master (id, workspace_id, config_version_id, vendor_code, vendor_name, vendor_type,
                                   contact_email, is_active, created_at)
        values (${id}, ${ctx.db.scope.workspaceId}::uuid, ${configVersionId}, ${vendorCode}, ${vendorName},
                ${vendorType}, ${contactEmail}, ${isActive}, ${ctx.now})`),
      readConfigRow<Produced<typeof Vendor>>(tx, 'vendor', vendorSource, id),
    ]);
    return vendor;
  });
}

import { Prisma } from '@apms/db';

/** Vendors as their schema names them. */
export const vendorSource = {
  select: Prisma.sql`
    select t.id, t.config_version_id as "configVersionId", t.vendor_code as "vendorCode", t.vendor_name as "vendorName",
           t.vendor_type as "vendorType", t.contact_email as "contactEmail", t.is_active as "isActive",
           t.created_at as "createdAt"`,
  from: Prisma.sql`from vendor_master t`,
};

import { Prisma } from '@apms/db';
import type { ListVendors, Produced, Vendor } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { equalities } from '../../equalities.ts';
import { containing, type Page } from '../../list-page.ts';
import { listOfVersion } from '../config-versions/list-of-version.ts';
import { vendorSource } from './vendor-source.ts';

const sorts = {
  vendorCode: { column: Prisma.sql`t.vendor_code`, type: 'text' },
  vendorName: { column: Prisma.sql`t.vendor_name`, type: 'text' },
} as const;

/** Filters that are one column each. */
const filters = { vendorType: Prisma.sql`t.vendor_type`, isActive: Prisma.sql`t.is_active` };

/** @throws {AppError} ENTITY_NOT_FOUND for the version; CURSOR_INVALID */
export async function listVendors(
  { db }: WorkspaceContext,
  { configVersionId, search, sort, direction = 'asc', limit, cursor, ...wanted }: ListVendors,
): Promise<Page<Produced<typeof Vendor>>> {
  const where = equalities(filters, wanted);
  if (search !== undefined) {
    const pattern = containing(search);
    where.push(Prisma.sql`(t.vendor_code ilike ${pattern} or t.vendor_name ilike ${pattern})`);
  }
  const order = { sort: sorts[sort], id: Prisma.sql`t.id`, direction };
  return await listOfVersion(db, configVersionId, { ...vendorSource, where, ...order, limit, cursor });
}

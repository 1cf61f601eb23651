import type { Produced, Vendor, VendorRef } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { readConfigRow } from '../config-versions/read-config-row.ts';
import { vendorSource } from './vendor-source.ts';

/** @throws {AppError} ENTITY_NOT_FOUND */
export async function getVendor(
  { db }: WorkspaceContext,
  { vendorId }: VendorRef,
): Promise<Produced<typeof Vendor>> {
  return await readConfigRow(db, 'vendor', vendorSource, vendorId);
}

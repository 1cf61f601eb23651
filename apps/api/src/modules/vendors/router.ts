import { CreateVendor, ListVendors, UpdateVendor, Vendor, VendorPage, VendorRef } from '@apms/validators';
import { rest } from '../../rest.ts';
import { permit, router } from '../../trpc.ts';
import { createVendor } from './create-vendor.ts';
import { deleteVendor } from './delete-vendor.ts';
import { getVendor } from './get-vendor.ts';
import { listVendors } from './list-vendors.ts';
import { updateVendor } from './update-vendor.ts';

export const vendorsRouter = router({
  get: permit('config.read')
    .meta(rest('GET', '/vendors/{vendorId}', 'One vendor of a config version'))
    .input(VendorRef)
    .output(Vendor)
    .query(({ ctx, input }) => getVendor(ctx, input)),

  list: permit('config.read')
    .meta(rest('GET', '/vendors', 'Vendors of a config version, filtered and sorted, page by page'))
    .input(ListVendors)
    .output(VendorPage)
    .query(({ ctx, input }) => listVendors(ctx, input)),

  create: permit('config.edit')
    .meta(rest('POST', '/vendors', 'Add a vendor to a DRAFT'))
    .input(CreateVendor)
    .output(Vendor)
    .mutation(({ ctx, input }) => createVendor(ctx, input)),

  update: permit('config.edit')
    .meta(rest('PATCH', '/vendors/{vendorId}', 'Change a vendor of a DRAFT'))
    .input(UpdateVendor)
    .output(Vendor)
    .mutation(({ ctx, input }) => updateVendor(ctx, input)),

  delete: permit('config.edit')
    .meta(rest('DELETE', '/vendors/{vendorId}', 'Delete a vendor of a DRAFT that nothing uses'))
    .input(VendorRef)
    .output(VendorRef)
    .mutation(({ ctx, input }) => deleteVendor(ctx, input)),
});

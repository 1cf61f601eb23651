import { z } from 'zod';
import { VendorType } from './approval-policy.ts';
import { Code, Id, Instant, PageInput, pageOf, RequiredText } from './wire.ts';

const fields = {
  vendorCode: Code,
  vendorName: RequiredText.max(200),
  vendorType: VendorType,
  contactEmail: z.email().max(320).nullable(),
  isActive: z.boolean(),
};

/** A vendor in a config version. */
export const Vendor = z.object({
  id: Id,
  configVersionId: Id,
  ...fields,
  vendorCode: z.string(),
  vendorName: z.string(),
  contactEmail: z.string().nullable(),
  createdAt: Instant,
});
export type Vendor = z.infer<typeof Vendor>;

export const VendorRef = z.object({ vendorId: Id });
export type VendorRef = z.infer<typeof VendorRef>;

export const VendorPage = pageOf(Vendor);

export const ListVendors = PageInput.extend({
  configVersionId: Id,
  sort: z.enum(['vendorCode', 'vendorName']).default('vendorCode'),
  /** Part of a code or name, whatever the case. */
  search: RequiredText.max(200).optional(),
  vendorType: VendorType.optional(),
  isActive: z.boolean().optional(),
});
export type ListVendors = z.infer<typeof ListVendors>;

export const CreateVendor = z.object({
  configVersionId: Id,
  ...fields,
  vendorType: fields.vendorType.default('OTHER'),
  contactEmail: fields.contactEmail.default(null),
  isActive: fields.isActive.default(true),
});
export type CreateVendor = z.infer<typeof CreateVendor>;

/** Fields left out stay as they are. */
export const UpdateVendor = z.object(fields).partial().extend(VendorRef.shape);
export type UpdateVendor = z.infer<typeof UpdateVendor>;

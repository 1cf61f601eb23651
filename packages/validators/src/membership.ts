import { z } from 'zod';
import { Id, Instant, PageInput, pageOf } from './wire.ts';
import { MembershipRole, UserStatus } from './workspace.ts';

/** One login role of one person in the workspace. */
export const Membership = z.object({
  id: Id,
  userId: Id,
  email: z.string(),
  name: z.string(),
  status: UserStatus,
  role: MembershipRole,
  createdAt: Instant,
});
export type Membership = z.infer<typeof Membership>;

export const MembershipRef = z.object({ membershipId: Id });
export type MembershipRef = z.infer<typeof MembershipRef>;

export const MembershipPage = pageOf(Membership);

export const ListMemberships = PageInput.extend({
  sort: z.enum(['createdAt']).default('createdAt'),
  userId: Id.optional(),
  role: MembershipRole.optional(),
});
export type ListMemberships = z.infer<typeof ListMemberships>;

export const GrantMembership = z.object({ userId: Id, role: MembershipRole });
export type GrantMembership = z.infer<typeof GrantMembership>;

import { z } from 'zod';

/** What an account may do in a workspace. A login role, never a seat in an approval chain. */
export const MembershipRole = z.enum([
  'ADMIN',
  'CONFIG_MANAGER',
  'DOC_CONTROL',
  'QA_ENGINEER',
  'APPROVER',
  'VENDOR',
  'VIEWER',
]);
export type MembershipRole = z.infer<typeof MembershipRole>;

/** State of an account; PENDING is a person known from a workbook who never signed in. */
export const UserStatus = z.enum(['ACTIVE', 'INACTIVE', 'SUSPENDED', 'PENDING']);
export type UserStatus = z.infer<typeof UserStatus>;

/** State of a site. */
export const SiteStatus = z.enum(['PLANNED', 'ACTIVE', 'INACTIVE', 'DISMANTLED']);
export type SiteStatus = z.infer<typeof SiteStatus>;

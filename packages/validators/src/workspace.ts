import { z } from 'zod';
import { Id, Instant, RequiredText } from './wire.ts';

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

/** Short name of a workspace, unique among all. */
export const WorkspaceCode = RequiredText.max(80);

/** A tenant: one customer programme. */
export const Workspace = z.object({
  id: Id,
  code: z.string(),
  name: z.string(),
  isActive: z.boolean(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Workspace = z.infer<typeof Workspace>;

/** A workspace that the caller is a member of. */
export const OwnWorkspace = Workspace.pick({ id: true, code: true, name: true }).extend({
  roles: z.array(MembershipRole),
});
export type OwnWorkspace = z.infer<typeof OwnWorkspace>;

export const UpdateWorkspace = z.object({ name: RequiredText.max(200) });
export type UpdateWorkspace = z.infer<typeof UpdateWorkspace>;

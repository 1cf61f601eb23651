import { z } from 'zod';
import { Permission } from './permission.ts';
import { Id, Instant, PageInput, pageOf, RequiredText } from './wire.ts';
import { MembershipRole, UserStatus, WorkspaceCode } from './workspace.ts';

/** An e-mail address in lower case. Only ASCII, so that none looks like another. */
export const EmailAddress = z.string().trim().toLowerCase().max(254).pipe(z.email());

/** A person's name, on one line. */
export const DisplayName = RequiredText.max(200).regex(/^\P{Cc}*$/u, {
  error: 'must not contain control characters',
});

export const PhoneNumber = z
  .string()
  .trim()
  .regex(/^\+?[\d ()./-]{5,30}$/, { error: 'must be a phone number' });

/** A person as one workspace sees them. */
export const User = z.object({
  id: Id,
  email: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  status: UserStatus,
  /** What they are in this workspace; nothing for somebody who is only named in its configuration. */
  roles: z.array(MembershipRole),
  createdAt: Instant,
  updatedAt: Instant,
});
export type User = z.infer<typeof User>;

export const UserRef = z.object({ userId: Id });
export type UserRef = z.infer<typeof UserRef>;

export const UserPage = pageOf(User);

export const ListUsers = PageInput.extend({
  sort: z.enum(['name', 'createdAt']).default('name'),
  /** Part of a name or an e-mail, whatever the case. */
  search: RequiredText.max(200).optional(),
  status: UserStatus.optional(),
  role: MembershipRole.optional(),
});
export type ListUsers = z.infer<typeof ListUsers>;

export const CreateUser = z.object({
  email: EmailAddress,
  /** Ignored, like the phone, for somebody who has an account already. */
  name: DisplayName,
  phone: PhoneNumber.nullable().default(null),
  roles: z.array(MembershipRole).min(1).max(MembershipRole.options.length),
});
export type CreateUser = z.infer<typeof CreateUser>;

/** Fields left out stay as they are. */
export const UpdateUser = UserRef.extend({
  name: DisplayName.optional(),
  phone: PhoneNumber.nullable().optional(),
});
export type UpdateUser = z.infer<typeof UpdateUser>;

/** What everybody may change of their own account; fields left out stay as they are. */
export const UpdateMe = UpdateUser.omit({ userId: true });
export type UpdateMe = z.infer<typeof UpdateMe>;

export const SetUserStatus = UserRef.extend({
  status: UserStatus.exclude(['PENDING']),
  reason: RequiredText.max(1_000),
});
export type SetUserStatus = z.infer<typeof SetUserStatus>;

/** Somebody invited: whether the mail with the link was handed over. It can be sent again. */
export const InvitedUser = User.extend({ invitationSent: z.boolean() });
export type InvitedUser = z.infer<typeof InvitedUser>;

/** The caller: who they are, and what they may do where. */
export const Me = z.object({
  id: Id,
  email: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  workspaces: z.array(
    z.object({
      id: Id,
      code: WorkspaceCode,
      name: z.string(),
      roles: z.array(MembershipRole),
      permissions: z.array(Permission),
    }),
  ),
});
export type Me = z.infer<typeof Me>;

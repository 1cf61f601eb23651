import {
  CreateUser,
  InvitedUser,
  ListUsers,
  Me,
  SetUserStatus,
  UpdateMe,
  UpdateUser,
  User,
  UserPage,
  UserRef,
} from '@apms/validators';
import { z } from 'zod';
import { rest } from '../../rest.ts';
import { permit, personProcedure, router } from '../../trpc.ts';
import { createUser } from './create-user.ts';
import { getMe } from './get-me.ts';
import { getUser } from './get-user.ts';
import { listUsers } from './list-users.ts';
import { resendInvitation } from './resend-invitation.ts';
import { setUserStatus } from './set-user-status.ts';
import { updateMe } from './update-me.ts';
import { updateUser } from './update-user.ts';

export const usersRouter = router({
  me: personProcedure
    .meta(rest('GET', '/me', 'Who you are, and what you may do where'))
    .input(z.object({}))
    .output(Me)
    .query(({ ctx }) => getMe(ctx)),

  updateMe: personProcedure
    .meta(rest('PATCH', '/me', 'Change your own name or phone'))
    .input(UpdateMe)
    .output(Me)
    .mutation(({ ctx, input }) => updateMe(ctx, input)),

  get: permit('members.read')
    .meta(rest('GET', '/users/{userId}', 'One person'))
    .input(UserRef)
    .output(User)
    .query(({ ctx, input }) => getUser(ctx, input)),

  list: permit('members.read')
    .meta(rest('GET', '/users', 'Members and people named in the configuration, page by page'))
    .input(ListUsers)
    .output(UserPage)
    .query(({ ctx, input }) => listUsers(ctx, input)),

  create: permit('members.manage')
    .meta(rest('POST', '/users', 'Make somebody a member, with an account if they have none'))
    .input(CreateUser)
    .output(InvitedUser)
    .mutation(({ ctx, input }) => createUser(ctx, input)),

  update: permit('members.manage')
    .meta(rest('PATCH', '/users/{userId}', 'Change the name or phone of somebody'))
    .input(UpdateUser)
    .output(User)
    .mutation(({ ctx, input }) => updateUser(ctx, input)),

  setStatus: permit('members.manage')
    .meta(rest('POST', '/users/{userId}/status', 'Suspend, deactivate or activate an account'))
    .input(SetUserStatus)
    .output(User)
    .mutation(({ ctx, input }) => setUserStatus(ctx, input)),

  resendInvitation: permit('members.manage')
    .meta(rest('POST', '/users/{userId}/invitation', 'Mail a new link for the first password'))
    .input(UserRef)
    .output(InvitedUser)
    .mutation(({ ctx, input }) => resendInvitation(ctx, input)),
});

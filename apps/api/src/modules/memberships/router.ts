import {
  GrantMembership,
  ListMemberships,
  Membership,
  MembershipPage,
  MembershipRef,
} from '@apms/validators';
import { rest } from '../../rest.ts';
import { permit, router } from '../../trpc.ts';
import { grantMembership } from './grant-membership.ts';
import { listMemberships } from './list-memberships.ts';
import { revokeMembership } from './revoke-membership.ts';

export const membershipsRouter = router({
  list: permit('members.manage')
    .meta(rest('GET', '/memberships', 'Who has which role, page by page'))
    .input(ListMemberships)
    .output(MembershipPage)
    .query(({ ctx, input }) => listMemberships(ctx, input)),

  grant: permit('members.manage')
    .meta(rest('POST', '/memberships', 'Give somebody a role'))
    .input(GrantMembership)
    .output(Membership)
    .mutation(({ ctx, input }) => grantMembership(ctx, input)),

  revoke: permit('members.manage')
    .meta(rest('DELETE', '/memberships/{membershipId}', 'Take a role from somebody'))
    .input(MembershipRef)
    .output(Membership)
    .mutation(({ ctx, input }) => revokeMembership(ctx, input)),
});

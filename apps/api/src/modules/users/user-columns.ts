import { Prisma } from '@apms/db';

/** `select` of a person as their schema names them, from `users u`, with the roles of this workspace. */
export const userColumns = Prisma.sql`
  select u.id, u.email, u.display_name as name, u.phone, u.status,
         array(select m.role from workspace_memberships m where m.user_id = u.id order by m.role) as roles,
         u.created_at as "createdAt", u.updated_at as "updatedAt"`;

/**
 * Whether user `u` is known in this workspace: a member, or named in its configuration. Accounts are global and have
 * no row-level security, so everything that reads one for a workspace says this.
 */
export const isKnownHere = Prisma.sql`(
  exists (select from workspace_memberships m where m.user_id = u.id)
  or exists (select from cluster_approver_master seat where seat.user_id = u.id)
  or exists (select from approval_policy_stages stage where stage.static_user_id = u.id)
)`;

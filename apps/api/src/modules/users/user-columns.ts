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

/**
 * `from` the members of this workspace and the people whom its configuration in force, or a DRAFT, names. They are
 * looked for first: going through all accounts in the order of a list would pass everybody of other workspaces.
 */
export const fromPeopleHere = Prisma.sql`
  from (
    select user_id from workspace_memberships
    union
    select seat.user_id
    from config_versions version join cluster_approver_master seat on seat.config_version_id = version.id
    where version.status in ('ACTIVE', 'DRAFT')
    union
    select stage.static_user_id
    from config_versions version join approval_policy_stages stage on stage.config_version_id = version.id
    where version.status in ('ACTIVE', 'DRAFT')
  ) as person join users u on u.id = person.user_id`;

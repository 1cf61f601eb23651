import { Prisma } from '@apms/db';

/** `select` of a membership as its schema names it. */
export const membershipColumns = Prisma.sql`
  select m.id, m.user_id as "userId", u.email, u.display_name as name, u.status, m.role, m.created_at as "createdAt"`;

export const fromMemberships = Prisma.sql`from workspace_memberships m join users u on u.id = m.user_id`;

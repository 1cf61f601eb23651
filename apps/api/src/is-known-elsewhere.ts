import { type Database, Prisma } from '@apms/db';

/** Whether any other workspace knows the person. It tells nothing else about those workspaces. */
export type IsKnownElsewhere = (person: {
  readonly userId: string;
  readonly workspaceId: string;
}) => Promise<boolean>;

/** The one question that a workspace has about others, asked as the system. */
export function createIsKnownElsewhere(database: Database): IsKnownElsewhere {
  return async ({ userId, workspaceId }) =>
    await database.asSystem(async (tx) => {
      const elsewhere = Prisma.sql`workspace_id <> ${workspaceId}::uuid`;
      const [row] = await tx.query<{ known: boolean }[]>(Prisma.sql`
        select exists (select from workspace_memberships where user_id = ${userId} and ${elsewhere})
            or exists (select from cluster_approver_master where user_id = ${userId} and ${elsewhere})
            or exists (select from approval_policy_stages where static_user_id = ${userId} and ${elsewhere})
            as known`);
      return row?.known ?? false;
    });
}

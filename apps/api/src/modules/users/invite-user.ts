import { type Database, Prisma } from '@apms/db';
import type { CreateUser, UserStatus } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import { addMember } from './add-member.ts';

export interface InvitedMember {
  readonly userId: string;
  readonly status: UserStatus;
}

/** Makes somebody a member of the workspace of that code, by whoever operates the system; null when there is none. */
export async function inviteUser(
  database: Database,
  workspaceCode: string,
  user: CreateUser,
  now: Date,
): Promise<InvitedMember | null> {
  const [workspace] = await database.asSystem((tx) =>
    tx.query<{ id: string }[]>(Prisma.sql`select id from workspaces where code = ${workspaceCode}`),
  );
  if (workspace === undefined) return null;
  const db = database.inWorkspace({ workspaceId: workspace.id, userId: '' });
  return await db.transaction(async (tx) => {
    const { userId, status, isNew } = await addMember(tx, workspace.id, user, now);
    await recordAuditEvent(
      tx,
      { db, now, requestId: 'admin' },
      {
        action: 'users.create',
        entityType: 'user',
        entityId: userId,
        details: { email: user.email, roles: user.roles, isNew },
      },
    );
    return { userId, status };
  });
}

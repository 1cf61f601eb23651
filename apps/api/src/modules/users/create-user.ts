import type { CreateUser, InvitedUser, Produced } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { addMember } from './add-member.ts';
import { readUser } from './read-user.ts';
import { sendInvitation } from './send-invitation.ts';

/**
 * Makes somebody a member of the workspace, with a new account or the one that their e-mail address has. Whoever has
 * no password yet is mailed a link, which only the mailbox's owner gets to see.
 */
export async function createUser(
  ctx: WorkspaceContext,
  input: CreateUser,
): Promise<Produced<typeof InvitedUser>> {
  const { db, now, services } = ctx;
  // A repetition of the call answers without running the transaction, and mails nothing.
  let isRepetition = true;
  const user = await db.transaction(async (tx) => {
    isRepetition = false;
    const { userId, isNew } = await addMember(tx, db.scope.workspaceId, input, now);
    const [, added] = await Promise.all([
      recordAuditEvent(tx, ctx, {
        action: 'users.create',
        entityType: 'user',
        entityId: userId,
        details: { email: input.email, roles: input.roles, isNew },
      }),
      readUser(tx, userId),
    ]);
    return added;
  });
  services.accessCache.forget([user.id]);
  return { ...user, invitationSent: isRepetition ? false : await sendInvitation(services, user) };
}

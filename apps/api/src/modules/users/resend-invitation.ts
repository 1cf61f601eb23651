import type { InvitedUser, Produced, UserRef } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { readUser } from './read-user.ts';
import { sendInvitation } from './send-invitation.ts';

/**
 * Mails a member who has no password yet a new link; the former one is void.
 * @throws {AppError} ENTITY_NOT_FOUND; TRANSITION_ILLEGAL when the account is not PENDING
 */
export async function resendInvitation(
  ctx: WorkspaceContext,
  { userId }: UserRef,
): Promise<Produced<typeof InvitedUser>> {
  let isRepetition = true;
  const user = await ctx.db.transaction(async (tx) => {
    isRepetition = false;
    const found = await readUser(tx, userId);
    if (found.status !== 'PENDING') {
      const { status: from } = found;
      throw new AppError({
        code: 'TRANSITION_ILLEGAL',
        entity: 'user',
        id: userId,
        from,
        action: 'inviting',
      });
    }
    // To be named in a configuration is no membership: an administrator makes somebody a member first.
    if (found.roles.length === 0)
      throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'membership', id: userId });
    await recordAuditEvent(tx, ctx, {
      action: 'users.resendInvitation',
      entityType: 'user',
      entityId: userId,
    });
    return found;
  });
  return { ...user, invitationSent: isRepetition ? false : await sendInvitation(ctx.services, user) };
}

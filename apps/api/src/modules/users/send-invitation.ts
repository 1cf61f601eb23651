import type { Produced, User } from '@apms/validators';
import type { Services } from '../../services.ts';

/** Mails somebody who is PENDING their link, if they are; whether it was handed over. */
export async function sendInvitation(
  { passwordLinks, log }: Pick<Services, 'passwordLinks' | 'log'>,
  { id: userId, email, name, status }: Produced<typeof User>,
): Promise<boolean> {
  if (status !== 'PENDING') return false;
  try {
    await passwordLinks.invite({ userId, email, name });
    return true;
  } catch (error) {
    log.error({ err: error, userId }, 'an invitation was not sent');
    return false;
  }
}

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { useToast } from '../../ui/use-toast.ts';

/** Mails somebody who has no password yet a new link. `data.invitationSent` says whether it was handed over. */
export function useResendInvitation(userId: string, onSent?: () => void) {
  const t = useTranslations('people.invite');
  const toast = useToast();
  const { client } = useWorkspace();
  return useMutation({
    mutationFn: () => client.users.resendInvitation.mutate({ userId }),
    onSuccess: ({ invitationSent, email }) => {
      toast(invitationSent ? t('sent', { email }) : t('notSentAgain', { email }));
      if (invitationSent) onSent?.();
    },
  });
}

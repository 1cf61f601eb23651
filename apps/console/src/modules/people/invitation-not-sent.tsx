import type { User } from '@apms/validators';
import { MailWarning } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useResendInvitation } from './use-resend-invitation.ts';

export interface InvitationNotSentProps {
  readonly person: Pick<User, 'id' | 'name' | 'email'>;
  readonly onClose: () => void;
}

/** After somebody was made a member, but the mail with their link could not be handed over. */
export function InvitationNotSent({ person, onClose }: InvitationNotSentProps) {
  const t = useTranslations('people.invite');
  const tCommon = useTranslations('common');
  const resend = useResendInvitation(person.id, onClose);
  return (
    <Dialog isOpen onClose={onClose} title={t('notSentTitle', { name: person.name })}>
      <div className="flex flex-col gap-4">
        <p role="alert" className="flex gap-2 rounded-md bg-warn-soft p-3 text-sm">
          <MailWarning aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
          {t('notSent', { email: person.email })}
        </p>
        {resend.error !== null && <ErrorNote error={resend.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{tCommon('close')}</Button>
          <Button look="primary" isBusy={resend.isPending} onClick={() => resend.mutate()}>
            {t('resend')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

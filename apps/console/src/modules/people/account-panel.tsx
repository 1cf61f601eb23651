import { type SetUserStatus, type User, userTransitions } from '@apms/validators';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Field } from '../../ui/field.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useToast } from '../../ui/use-toast.ts';
import { useResendInvitation } from './use-resend-invitation.ts';

type NextStatus = SetUserStatus['status'];

/** Whether somebody can sign in, and the ways to change that. */
export function AccountPanel({ person }: { readonly person: User }) {
  const t = useTranslations('people');
  const toast = useToast();
  const { client, queryClient, trpc } = useWorkspace();
  const [wanted, setWanted] = useState<NextStatus | null>(null);
  const [reason, setReason] = useState('');
  const resend = useResendInvitation(person.id);
  const change = useMutation({
    mutationFn: (status: NextStatus) =>
      client.users.setStatus.mutate({ userId: person.id, status, reason: reason.trim() }),
    onSuccess: async () => {
      await queryClient.invalidateQueries(trpc.users.pathFilter());
      toast(t('status.changed', { name: person.name }));
      close();
    },
  });

  function close(): void {
    setWanted(null);
    setReason('');
    change.reset();
  }

  return (
    <Panel title={t('account')}>
      <p className="mb-3 max-w-prose text-quiet">{t(`status.about.${person.status}`)}</p>
      <div className="flex flex-wrap gap-2">
        {person.status === 'PENDING' && person.roles.length > 0 && (
          <Button look="primary" isBusy={resend.isPending} onClick={() => resend.mutate()}>
            {t('invite.resend')}
          </Button>
        )}
        {userTransitions[person.status].map((status) => (
          <Button
            key={status}
            look={status === 'ACTIVE' ? 'primary' : 'secondary'}
            onClick={() => setWanted(status)}
          >
            {t(`status.action.${status}`)}
          </Button>
        ))}
      </div>
      {resend.error !== null && <ErrorNote error={resend.error} />}
      {wanted !== null && (
        <ConfirmDialog
          isOpen
          onClose={close}
          onConfirm={() => change.mutate(wanted)}
          title={t(`status.title.${wanted}`, { name: person.name })}
          description={t(`status.consequence.${wanted}`)}
          confirmLabel={t(`status.action.${wanted}`)}
          isDangerous={wanted !== 'ACTIVE'}
          isBusy={change.isPending}
          isDisabled={reason.trim() === ''}
          error={change.error}
        >
          <Field label={t('status.reason')} hint={t('status.reasonHint')}>
            <textarea
              rows={3}
              maxLength={1_000}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          </Field>
        </ConfirmDialog>
      )}
    </Panel>
  );
}

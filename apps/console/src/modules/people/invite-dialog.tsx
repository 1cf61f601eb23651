import { CreateUser, type InvitedUser, MembershipRole } from '@apms/validators';
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import type { z } from 'zod';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Field } from '../../ui/field.tsx';
import { textOrNull } from '../../ui/form-values.ts';
import { useToast } from '../../ui/use-toast.ts';
import { InvitationNotSent } from './invitation-not-sent.tsx';
import { RoleChoice } from './role-choice.tsx';

/** Makes somebody a member by their e-mail address, and says whether they were told of it. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('people');
  const tCommon = useTranslations('common');
  const toast = useToast();
  const { client, queryClient, trpc } = useWorkspace();
  const [notTold, setNotTold] = useState<InvitedUser | null>(null);
  const form = useForm<z.input<typeof CreateUser>, unknown, CreateUser>({
    resolver: zodResolver(CreateUser),
    defaultValues: { email: '', name: '', roles: [] },
  });
  const invite = useMutation({
    mutationFn: (person: CreateUser) => client.users.create.mutate(person),
    onSuccess: async (person) => {
      await queryClient.invalidateQueries(trpc.users.pathFilter());
      const { name, email, status, invitationSent } = person;
      if (status === 'PENDING' && !invitationSent) {
        setNotTold(person);
        return;
      }
      toast(invitationSent ? t('invite.sent', { email }) : t('invite.added', { name }));
      onClose();
    },
  });
  const { errors } = form.formState;
  if (notTold !== null) return <InvitationNotSent person={notTold} onClose={onClose} />;
  return (
    <Dialog isOpen onClose={onClose} title={t('invite.title')} description={t('invite.about')}>
      <form
        className="flex flex-col gap-4"
        noValidate
        onSubmit={(event) => void form.handleSubmit((values) => invite.mutate(values))(event)}
      >
        <Field label={t('fields.email')} error={errors.email?.message}>
          <input type="email" autoComplete="off" {...form.register('email')} />
        </Field>
        <Field label={t('fields.name')} hint={t('invite.nameHint')} error={errors.name?.message}>
          <input autoComplete="off" {...form.register('name')} />
        </Field>
        <Field label={t('fields.phone')} isOptional error={errors.phone?.message}>
          <input type="tel" autoComplete="off" {...form.register('phone', textOrNull)} />
        </Field>
        <fieldset>
          <legend className="mb-1 text-sm font-medium">{t('fields.roles')}</legend>
          {MembershipRole.options.map((role) => (
            <RoleChoice key={role} role={role}>
              {(props) => <input {...props} type="checkbox" value={role} {...form.register('roles')} />}
            </RoleChoice>
          ))}
          {errors.roles !== undefined && (
            <p role="alert" className="text-sm text-bad">
              {t('invite.rolesMissing')}
            </p>
          )}
        </fieldset>
        {invite.error !== null && <ErrorNote error={invite.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{tCommon('cancel')}</Button>
          <Button type="submit" look="primary" isBusy={invite.isPending}>
            {t('invite.send')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

import { DisplayName, PhoneNumber } from '@apms/validators';
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { z } from 'zod';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Field } from '../../ui/field.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useToast } from '../../ui/use-toast.ts';
import { useValueText } from '../../ui/use-value-text.ts';

const Profile = z.object({ name: DisplayName, phone: z.union([z.literal(''), PhoneNumber]) });

/** Who the person is in this system, and what they may change of it. */
export function ProfilePanel() {
  const t = useTranslations();
  const toast = useToast();
  const valueText = useValueText();
  const router = useRouter();
  const { me, workspace, client } = useWorkspace();
  const { session } = router.options.context;
  const form = useForm({
    resolver: zodResolver(Profile),
    defaultValues: { name: me.name, phone: me.phone ?? '' },
  });
  const save = useMutation({
    mutationFn: ({ name, phone }: z.infer<typeof Profile>) =>
      client.users.updateMe.mutate({ name, phone: phone === '' ? null : phone }),
    onSuccess: async (changed) => {
      session.queryClient.setQueryData(['me'], changed);
      form.reset({ name: changed.name, phone: changed.phone ?? '' });
      await router.invalidate();
      toast(t('common.saved'));
    },
  });
  const { errors } = form.formState;
  return (
    <Panel title={t('account.profile')}>
      <form
        className="flex max-w-lg flex-col gap-4"
        onSubmit={(event) => void form.handleSubmit((values) => save.mutate(values))(event)}
      >
        <Facts>
          <Fact name={t('account.email')}>{me.email}</Fact>
          <Fact name={t('account.roles', { workspace: workspace.name })}>
            {workspace.roles.map((role) => valueText('MembershipRole', role)).join(', ')}
          </Fact>
        </Facts>
        <Field label={t('account.name')} error={errors.name?.message}>
          <input autoComplete="name" {...form.register('name')} />
        </Field>
        <Field label={t('account.phone')} isOptional error={errors.phone?.message}>
          <input type="tel" autoComplete="tel" {...form.register('phone')} />
        </Field>
        {save.error !== null && <ErrorNote error={save.error} />}
        <div>
          <Button type="submit" look="primary" isBusy={save.isPending}>
            {t('common.save')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

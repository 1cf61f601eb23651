import { UpdateUser, type User } from '@apms/validators';
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Field } from '../../ui/field.tsx';
import { textOrNull } from '../../ui/form-values.ts';
import { Panel } from '../../ui/panel.tsx';
import { useToast } from '../../ui/use-toast.ts';

/** Name and phone of somebody, which are the same in every workspace. */
export function PersonForm({ person }: { readonly person: User }) {
  const t = useTranslations('people');
  const tCommon = useTranslations('common');
  const toast = useToast();
  const { client, queryClient, trpc } = useWorkspace();
  const form = useForm({
    resolver: zodResolver(UpdateUser),
    defaultValues: { userId: person.id, name: person.name, phone: person.phone },
  });
  const save = useMutation({
    mutationFn: (changed: UpdateUser) => client.users.update.mutate(changed),
    onSuccess: async () => {
      await queryClient.invalidateQueries(trpc.users.pathFilter());
      toast(tCommon('saved'));
    },
  });
  const { errors } = form.formState;
  return (
    <Panel title={t('profile')}>
      <form
        className="flex max-w-lg flex-col gap-4"
        onSubmit={(event) => void form.handleSubmit((values) => save.mutate(values))(event)}
      >
        <Field label={t('fields.name')} error={errors.name?.message}>
          <input autoComplete="off" {...form.register('name')} />
        </Field>
        <Field label={t('fields.phone')} isOptional error={errors.phone?.message}>
          <input type="tel" autoComplete="off" {...form.register('phone', textOrNull)} />
        </Field>
        {save.error !== null && <ErrorNote error={save.error} />}
        <div>
          <Button type="submit" look="primary" isBusy={save.isPending}>
            {tCommon('save')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

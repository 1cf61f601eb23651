import { CreateApiKey, type CreatedApiKey } from '@apms/validators';
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
import { NewApiKey } from './new-api-key.tsx';

const DEFAULT_DAYS = 90;
const MAX_DAYS = 365;

/** Makes a key for the person who is signed in, and shows it once. */
export function ApiKeyDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('apiKeys');
  const tCommon = useTranslations('common');
  const { client, queryClient, trpc } = useWorkspace();
  const [made, setMade] = useState<CreatedApiKey | null>(null);
  const form = useForm<z.input<typeof CreateApiKey>, unknown, CreateApiKey>({
    resolver: zodResolver(CreateApiKey),
    defaultValues: { name: '', expiresInDays: DEFAULT_DAYS },
  });
  const create = useMutation({
    mutationFn: (values: CreateApiKey) => client.apiKeys.create.mutate(values),
    onSuccess: async (apiKey) => {
      setMade(apiKey);
      await queryClient.invalidateQueries(trpc.apiKeys.pathFilter());
    },
    // The key itself is nowhere but on the screen.
    gcTime: 0,
  });
  const { errors } = form.formState;
  if (made !== null) return <NewApiKey apiKey={made} onClose={onClose} />;
  return (
    <Dialog isOpen onClose={onClose} title={t('create.title')} description={t('create.about')}>
      <form
        className="flex flex-col gap-4"
        noValidate
        onSubmit={(event) => void form.handleSubmit((values) => create.mutate(values))(event)}
      >
        <Field label={t('create.name')} hint={t('create.nameHint')} error={errors.name?.message}>
          <input autoComplete="off" {...form.register('name')} />
        </Field>
        <Field
          label={t('create.days')}
          hint={t('create.daysHint', { max: MAX_DAYS })}
          error={errors.expiresInDays?.message}
        >
          <input
            type="number"
            min={1}
            max={MAX_DAYS}
            {...form.register('expiresInDays', { valueAsNumber: true })}
          />
        </Field>
        {create.error !== null && <ErrorNote error={create.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{tCommon('cancel')}</Button>
          <Button type="submit" look="primary" isBusy={create.isPending}>
            {t('create.make')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

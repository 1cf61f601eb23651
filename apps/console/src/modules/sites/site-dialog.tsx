import { CreateSite, type Site } from '@apms/validators';
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import type { z } from 'zod';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Field } from '../../ui/field.tsx';
import { numberOrNull, textOrNull } from '../../ui/form-values.ts';
import { useToast } from '../../ui/use-toast.ts';
import { useValueOptions } from '../../ui/use-value-text.ts';

/** Adds a site, or changes one. */
export function SiteDialog({ site, onClose }: { readonly site: Site | null; readonly onClose: () => void }) {
  const t = useTranslations('sites');
  const tCommon = useTranslations('common');
  const toast = useToast();
  const statuses = useValueOptions('SiteStatus');
  const { client, queryClient, trpc } = useWorkspace();
  const form = useForm<z.input<typeof CreateSite>, unknown, CreateSite>({
    resolver: zodResolver(CreateSite),
    defaultValues: site ?? { siteCode: '', name: '', status: 'ACTIVE' },
  });
  const save = useMutation({
    mutationFn: ({ siteCode, ...fields }: CreateSite) =>
      site === null
        ? client.sites.create.mutate({ siteCode, ...fields })
        : client.sites.update.mutate({ siteId: site.id, ...fields }),
    onSuccess: async ({ siteCode }) => {
      await queryClient.invalidateQueries(trpc.sites.pathFilter());
      toast(site === null ? t('added', { siteCode }) : tCommon('saved'));
      onClose();
    },
  });
  const { errors } = form.formState;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={site === null ? t('add') : t('edit', { siteCode: site.siteCode })}
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => void form.handleSubmit((values) => save.mutate(values))(event)}
      >
        {site === null && (
          <Field label={t('form.siteCode')} hint={t('form.siteCodeHint')} error={errors.siteCode?.message}>
            <input autoComplete="off" {...form.register('siteCode')} />
          </Field>
        )}
        <Field label={t('form.name')} error={errors.name?.message}>
          <input autoComplete="off" {...form.register('name')} />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('form.region')} isOptional error={errors.region?.message}>
            <input autoComplete="off" {...form.register('region', textOrNull)} />
          </Field>
          <Field label={t('form.city')} isOptional error={errors.city?.message}>
            <input autoComplete="off" {...form.register('city', textOrNull)} />
          </Field>
          <Field label={t('form.latitude')} isOptional error={errors.latitude?.message}>
            <input inputMode="decimal" autoComplete="off" {...form.register('latitude', numberOrNull)} />
          </Field>
          <Field label={t('form.longitude')} isOptional error={errors.longitude?.message}>
            <input inputMode="decimal" autoComplete="off" {...form.register('longitude', numberOrNull)} />
          </Field>
          <Field
            label={t('form.clusterCode')}
            hint={t('form.clusterHint')}
            isOptional
            error={errors.clusterCode?.message}
          >
            <input autoComplete="off" {...form.register('clusterCode', textOrNull)} />
          </Field>
          <Field label={t('form.status')} error={errors.status?.message}>
            <select {...form.register('status')}>
              {statuses.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </Field>
        </div>
        {save.error !== null && <ErrorNote error={save.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{tCommon('cancel')}</Button>
          <Button type="submit" look="primary" isBusy={save.isPending}>
            {site === null ? t('form.create') : tCommon('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

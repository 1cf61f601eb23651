import { CreateSubmission, type Site } from '@apms/validators';
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import type { z } from 'zod';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { textOrNull } from '../../ui/form-values.ts';
import { useToast } from '../../ui/use-toast.ts';
import { useValueOptions } from '../../ui/use-value-text.ts';
import { SiteField } from '../sites/site-field.tsx';
import { activeCodesQuery } from './active-codes-query.ts';
import { NoActiveConfiguration } from './no-active-configuration.tsx';
import { RoutingPreview } from './routing-preview.tsx';
import { SubmissionError } from './submission-error.tsx';

/** Begins a submission, and shows before who would approve it. */
export function NewSubmissionDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('submissions');
  const tCommon = useTranslations('common');
  const toast = useToast();
  const navigate = useNavigate();
  const categories = useValueOptions('AtpCategory');
  const { client, queryClient, trpc, workspace } = useWorkspace();
  const codes = useQuery(activeCodesQuery({ client, trpc }));
  const [site, setSite] = useState<Site | null>(null);
  const form = useForm<z.input<typeof CreateSubmission>, unknown, CreateSubmission>({
    resolver: zodResolver(CreateSubmission),
    defaultValues: { siteId: '', scopeCode: '', atpCategory: 'HARDWARE', vendorCode: null },
  });
  const create = useMutation({
    mutationFn: (values: CreateSubmission) => client.submissions.create.mutate(values),
    onSuccess: async ({ id, submissionNumber }) => {
      await queryClient.invalidateQueries(trpc.submissions.pathFilter());
      toast(t('added', { submissionNumber }));
      await navigate({
        to: '/w/$workspaceCode/submissions/$submissionId',
        params: { workspaceCode: workspace.code, submissionId: id },
      });
    },
  });
  const { errors } = form.formState;
  const { siteId, scopeCode, atpCategory, vendorCode = null } = form.watch();

  function choose(chosen: Site | null): void {
    setSite(chosen);
    form.setValue('siteId', chosen?.id ?? '', { shouldValidate: form.formState.isSubmitted });
  }

  return (
    <Dialog isOpen onClose={onClose} title={t('add')}>
      {codes.data === null ? (
        <NoActiveConfiguration />
      ) : (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => void form.handleSubmit((values) => create.mutate(values))(event)}
        >
          <SiteField
            label={t('fields.site')}
            error={errors.siteId && t('form.siteMissing')}
            value={site}
            onSelect={choose}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t('fields.scope')} error={errors.scopeCode && t('form.scopeMissing')}>
              <select
                {...form.register('scopeCode', {
                  onChange: ({ target: { value } }: { target: { value: string } }) => {
                    const scope = codes.data?.scopes.find((candidate) => candidate.scopeCode === value);
                    if (scope !== undefined) form.setValue('atpCategory', scope.atpCategory);
                  },
                })}
              >
                <option value="">{t('form.choose')}</option>
                {codes.data?.scopes.map((scope) => (
                  <option key={scope.id} value={scope.scopeCode}>
                    {scope.scopeName}
                  </option>
                ))}
              </select>
            </Field>
            <Field label={t('fields.category')} error={errors.atpCategory?.message}>
              <select {...form.register('atpCategory')}>
                {categories.map(({ value, label }) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </select>
            </Field>
          </div>
          <Field label={t('fields.vendor')} isOptional error={errors.vendorCode?.message}>
            <select {...form.register('vendorCode', textOrNull)}>
              <option value="">{t('noVendor')}</option>
              {codes.data?.vendors.map((vendor) => (
                <option key={vendor.id} value={vendor.vendorCode}>
                  {vendor.vendorName}
                </option>
              ))}
            </select>
          </Field>
          {codes.error !== null && <SubmissionError error={codes.error} />}
          {siteId !== '' && scopeCode !== '' && (
            <RoutingPreview request={{ siteId, scopeCode, atpCategory, vendorCode }} />
          )}
          {create.error !== null && <SubmissionError error={create.error} />}
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>{tCommon('cancel')}</Button>
            <Button type="submit" look="primary" isBusy={create.isPending}>
              {t('form.create')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

import { appErrorOf } from '@apms/client';
import type { UpdateWorkspaceSettings } from '@apms/validators';
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { useMemo } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/use-toast.ts';
import { AlertsPanel } from './alerts-panel.tsx';
import { ScopesPanel } from './scopes-panel.tsx';
import { entryOf, type SettingsEntry, settingsForm } from './settings-form.ts';
import { SlaPanel } from './sla-panel.tsx';

/** What the workspace is set to: read by some, changed by others. */
export function SettingsPage() {
  const t = useTranslations('settings');
  const tCommon = useTranslations('common');
  const toast = useToast();
  const { client, queryClient, trpc, can } = useWorkspace();
  const { data: settings } = useSuspenseQuery(trpc.workspaceSettings.get.queryOptions());
  const mayChange = can('settings.manage');
  const form = useForm<SettingsEntry, unknown, UpdateWorkspaceSettings>({
    resolver: useMemo(() => zodResolver(settingsForm(t)), [t]),
    defaultValues: entryOf(settings),
  });
  const { isDirty, dirtyFields } = form.formState;
  const save = useMutation({
    mutationFn: (entered: UpdateWorkspaceSettings) => client.workspaceSettings.update.mutate(entered),
    onSuccess: (saved) => {
      queryClient.setQueryData(trpc.workspaceSettings.get.queryKey(), saved);
      form.reset(entryOf(saved));
      toast(tCommon('saved'));
    },
    onError: (error) => {
      const reason = webhookRefusal(error);
      if (reason === null) return;
      form.setError(
        'alertWebhookUrl',
        { message: t('alerts.webhookRefused', { reason }) },
        { shouldFocus: true },
      );
    },
  });
  useBlocker({ shouldBlockFn: () => isDirty && !window.confirm(t('leave')), enableBeforeUnload: isDirty });

  /** Only what was changed here: somebody else may have changed the rest meanwhile. */
  function submit({ scopeCategories, ...fields }: UpdateWorkspaceSettings): void {
    const changed = Object.fromEntries(
      Object.entries(fields).filter(([name]) => Object.hasOwn(dirtyFields, name)),
    );
    save.mutate({
      ...changed,
      ...(dirtyFields.scopes !== undefined && scopeCategories !== undefined && { scopeCategories }),
    });
  }

  return (
    <FormProvider {...form}>
      <PageHeader title={t('title')} about={t('about')} />
      {!mayChange && <p className="mb-4 rounded-md bg-info-soft p-3 text-sm">{t('readOnly')}</p>}
      <form noValidate onSubmit={(event) => void form.handleSubmit(submit)(event)}>
        <fieldset disabled={!mayChange} className="flex flex-col gap-5">
          <SlaPanel />
          <AlertsPanel />
          <ScopesPanel />
        </fieldset>
        {save.error !== null && webhookRefusal(save.error) === null && (
          <div className="mt-4">
            <ErrorNote error={save.error} />
          </div>
        )}
        {settings.updatedAt !== null && (
          <p className="mt-4 text-sm text-quiet">
            {t('changed', { name: settings.updatedByName ?? '…' })} <Time value={settings.updatedAt} />
          </p>
        )}
        {mayChange && (
          <div className="sticky bottom-0 mt-4 flex flex-wrap items-center gap-3 border-t border-line bg-canvas py-3">
            <Button type="submit" look="primary" isBusy={save.isPending}>
              {tCommon('save')}
            </Button>
            <p role="status" className="text-sm text-quiet">
              {isDirty && t('unsaved')}
            </p>
          </div>
        )}
      </form>
    </FormProvider>
  );
}

const WEBHOOK = 'alertWebhookUrl ';

/** Why alerts are not sent to the webhook, where that was what the API refused. */
function webhookRefusal(error: unknown): string | null {
  const failure = appErrorOf(error);
  if (failure?.code !== 'CONSTRAINT_VIOLATED' || !failure.constraint.startsWith(WEBHOOK)) return null;
  return failure.constraint.slice(WEBHOOK.length);
}

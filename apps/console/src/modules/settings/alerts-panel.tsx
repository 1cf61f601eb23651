import { Link } from '@tanstack/react-router';
import { useFormContext, useWatch } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { buttonLooks } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Panel } from '../../ui/panel.tsx';
import type { SettingsEntry } from './settings-form.ts';

/** Who is told of orphans and of overdue approvals, and from when on. */
export function AlertsPanel() {
  const t = useTranslations('settings.alerts');
  const { can, workspace } = useWorkspace();
  const { register, formState, control } = useFormContext<SettingsEntry>();
  const { errors } = formState;
  const [emails, webhook] = useWatch({ control, name: ['alertEmails', 'alertWebhookUrl'] });
  const isNobodyTold = emails.trim() === '' && webhook.trim() === '';
  return (
    <div id="alerts" className="scroll-mt-20">
      <Panel
        title={t('title')}
        actions={
          can('integrity.read') && (
            <Link
              to="/w/$workspaceCode/integrity"
              params={{ workspaceCode: workspace.code }}
              className={buttonLooks.ghost}
            >
              {t('integrity')}
            </Link>
          )
        }
      >
        <div className="flex max-w-3xl flex-col gap-4">
          {isNobodyTold && (
            <p role="status" className="rounded-md bg-warn-soft p-3 text-sm">
              {t('nobody')}
            </p>
          )}
          <Field label={t('emails')} hint={t('emailsHint')} isOptional error={errors.alertEmails?.message}>
            <textarea rows={3} autoComplete="off" spellCheck={false} {...register('alertEmails')} />
          </Field>
          <Field
            label={t('webhook')}
            hint={t('webhookHint')}
            isOptional
            error={errors.alertWebhookUrl?.message}
          >
            <input inputMode="url" autoComplete="off" spellCheck={false} {...register('alertWebhookUrl')} />
          </Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t('severity')}>
              <select {...register('orphanAlertSeverity')}>
                <option value="WARNING">{t('severities.WARNING')}</option>
                <option value="CRITICAL">{t('severities.CRITICAL')}</option>
              </select>
            </Field>
            <Field
              label={t('orphanMinimum')}
              hint={t('orphanHint')}
              error={errors.orphanAlertMinimum?.message}
            >
              <input type="number" min={1} {...register('orphanAlertMinimum', { valueAsNumber: true })} />
            </Field>
            <Field label={t('slaMinimum')} hint={t('slaHint')} error={errors.slaAlertMinimum?.message}>
              <input type="number" min={1} {...register('slaAlertMinimum', { valueAsNumber: true })} />
            </Field>
          </div>
        </div>
      </Panel>
    </div>
  );
}

import { useFormContext } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { Field } from '../../ui/field.tsx';
import { Panel } from '../../ui/panel.tsx';
import type { SettingsEntry } from './settings-form.ts';

/** How long stages may take. */
export function SlaPanel() {
  const t = useTranslations('settings.sla');
  const { register, formState } = useFormContext<SettingsEntry>();
  const { errors } = formState;
  return (
    <Panel title={t('title')}>
      <div className="grid max-w-3xl gap-4 sm:grid-cols-2">
        <Field label={t('stage')} hint={t('stageHint')} error={errors.stageSlaHours?.message}>
          <input type="number" min={1} {...register('stageSlaHours', { valueAsNumber: true })} />
        </Field>
        <Field label={t('finalStage')} hint={t('finalStageHint')} error={errors.finalStageSlaHours?.message}>
          <input type="number" min={1} {...register('finalStageSlaHours', { valueAsNumber: true })} />
        </Field>
      </div>
    </Panel>
  );
}

import type { Cluster, OverrideType, RequestOverride, Submission } from '@apms/validators';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Field } from '../../ui/field.tsx';
import { useValueOptions } from '../../ui/use-value-text.ts';
import { ClusterField } from './cluster-field.tsx';
import { overrideCodesQuery } from './override-codes-query.ts';
import type { OverrideForm } from './override-request.ts';
import { TargetField } from './target-field.tsx';

export interface WideTargetFieldsProps {
  readonly form: UseFormReturn<OverrideForm, unknown, RequestOverride>;
  /** What is wrong with what was chosen in a field. */
  readonly faultOf: (field: 'target' | 'roleCode', missing?: string) => string | undefined;
}

/** For which submission, cluster or region, and for which seat in it: chosen from what the workspace knows. */
export function WideTargetFields({ form, faultOf }: WideTargetFieldsProps) {
  const t = useTranslations('overrides');
  const { client, trpc } = useWorkspace();
  const { data: codes, error } = useQuery(overrideCodesQuery({ client, trpc }));
  const [submission, setSubmission] = useState<Submission | null>(null);
  const [cluster, setCluster] = useState<Cluster | null>(null);
  // A stage has no name by which it could be found: it is chosen on its review's page.
  const types = useValueOptions('OverrideType').filter(({ value }) => value !== 'STAGE');
  const overrideType = form.watch('overrideType');
  const fault = faultOf('target', t('form.targetMissing'));
  const noneHint = codes === null ? t('form.noConfiguration') : undefined;

  function aim(target: string): void {
    form.setValue('target', target, { shouldValidate: form.formState.isSubmitted });
  }

  function change(type: OverrideType): void {
    form.setValue('overrideType', type);
    form.resetField('target');
    setSubmission(null);
    setCluster(null);
  }

  return (
    <>
      <Field label={t('fields.type')} hint={t(`form.about.${overrideType}`)}>
        <select
          value={overrideType}
          onChange={({ target: { value } }) => {
            const chosen = types.find((type) => type.value === value);
            if (chosen !== undefined) change(chosen.value);
          }}
        >
          {types.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </Field>
      {error !== null && <ErrorNote error={error} />}
      {overrideType === 'SUBMISSION' && (
        <TargetField
          error={fault}
          value={submission}
          onSelect={(choice) => {
            setSubmission(choice);
            aim(choice?.id ?? '');
          }}
        />
      )}
      {overrideType === 'CLUSTER' && (
        <ClusterField
          configVersionId={codes?.configVersionId}
          hint={noneHint}
          error={fault}
          value={cluster}
          onSelect={(choice) => {
            setCluster(choice);
            aim(choice?.clusterCode ?? '');
          }}
        />
      )}
      {overrideType === 'REGION' && (
        <Field label={t('form.region')} hint={noneHint} error={fault}>
          <select {...form.register('target')}>
            <option value="">{t('form.choose')}</option>
            {codes?.regions.map((region) => (
              <option key={region} value={region}>
                {region}
              </option>
            ))}
          </select>
        </Field>
      )}
      <Field label={t('fields.seat')} hint={noneHint} isOptional error={faultOf('roleCode')}>
        <select {...form.register('roleCode')}>
          <option value="">{t('everySeat')}</option>
          {codes?.seats.map(({ id, roleCode, roleName }) => (
            <option key={id} value={roleCode}>
              {t('form.seat', { roleCode, roleName })}
            </option>
          ))}
        </select>
      </Field>
    </>
  );
}

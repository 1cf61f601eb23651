import type { OverrideType, RequestOverride, Submission, User } from '@apms/validators';
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { ActionError } from '../../ui/action-error.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { useToast } from '../../ui/use-toast.ts';
import { useValueOptions } from '../../ui/use-value-text.ts';
import { ApproverField } from '../workflows/approver-field.tsx';
import type { TimelineStage } from '../workflows/stage-offers.ts';
import { useRefreshReviews } from '../workflows/use-refresh-reviews.ts';
import { EnteredOverride, type OverrideForm } from './override-request.ts';
import { TargetField } from './target-field.tsx';

export interface OverrideDialogProps {
  /** The stage that it is asked for; null when anything may be. */
  readonly stage: TimelineStage | null;
  readonly onClose: () => void;
}

/** Asks for another approver; somebody else has to approve it. */
export function OverrideDialog({ stage, onClose }: OverrideDialogProps) {
  const t = useTranslations('overrides');
  const tCommon = useTranslations('common');
  const toast = useToast();
  const { client } = useWorkspace();
  const refresh = useRefreshReviews();
  // A stage has no name that one could type: it is chosen on its review's page.
  const types = useValueOptions('OverrideType').filter(
    ({ value }) => (value === 'STAGE') === (stage !== null),
  );
  const [target, setTarget] = useState<Submission | null>(null);
  const [from, setFrom] = useState<User | null>(null);
  const [to, setTo] = useState<User | null>(null);
  const form = useForm<OverrideForm, unknown, RequestOverride>({
    resolver: zodResolver(EnteredOverride),
    defaultValues: {
      overrideType: stage === null ? 'SUBMISSION' : 'STAGE',
      target: stage?.id ?? '',
      roleCode: '',
      fromUserId: '',
      toUserId: '',
      reason: '',
      effectiveFrom: '',
      effectiveTo: '',
    },
  });
  const request = useMutation({
    mutationFn: (values: RequestOverride) => client.overrides.request.mutate(values),
    onSuccess: () => {
      toast(t('requested'));
      onClose();
    },
    onSettled: refresh,
  });
  const { errors, isSubmitted } = form.formState;
  const overrideType = form.watch('overrideType');
  const set = (field: 'target' | 'fromUserId' | 'toUserId', choice: { readonly id: string } | null) =>
    form.setValue(field, choice?.id ?? '', { shouldValidate: isSubmitted });

  function change(type: OverrideType): void {
    form.setValue('overrideType', type);
    setTarget(null);
    form.setValue('target', '');
  }

  return (
    <Dialog isOpen onClose={onClose} title={t('add')} description={t('addAbout')}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => void form.handleSubmit((values) => request.mutate(values))(event)}
      >
        {stage === null ? (
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
            {overrideType === 'SUBMISSION' ? (
              <TargetField
                error={errors.target && t('form.targetMissing')}
                value={target}
                onSelect={(choice) => {
                  setTarget(choice);
                  set('target', choice);
                }}
              />
            ) : (
              <Field
                label={t(overrideType === 'CLUSTER' ? 'form.cluster' : 'form.region')}
                error={errors.target && t('form.targetMissing')}
              >
                <input key={overrideType} autoComplete="off" {...form.register('target')} />
              </Field>
            )}
            <Field
              label={t('fields.seat')}
              hint={t('form.seatHint')}
              isOptional
              error={errors.roleCode?.message}
            >
              <input autoComplete="off" {...form.register('roleCode')} />
            </Field>
            <ApproverField
              label={t('fields.from')}
              hint={t('form.fromHint')}
              isOptional
              error={errors.fromUserId?.message}
              value={from}
              onSelect={(choice) => {
                setFrom(choice);
                set('fromUserId', choice);
              }}
            />
          </>
        ) : (
          <p className="rounded-md bg-raised p-3 text-sm">
            {t('form.ofStage', { seat: stage.roleName, name: stage.approver?.name ?? t('nobody') })}
          </p>
        )}
        <ApproverField
          label={t('fields.to')}
          error={errors.toUserId && t(to === null ? 'form.toMissing' : 'form.sameAsFrom')}
          value={to}
          onSelect={(choice) => {
            setTo(choice);
            set('toUserId', choice);
          }}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label={t('form.begins')}
            hint={t('form.beginsHint')}
            isOptional
            error={errors.effectiveFrom?.message}
          >
            <input type="datetime-local" {...form.register('effectiveFrom')} />
          </Field>
          <Field
            label={t('form.ends')}
            hint={t('form.endsHint')}
            isOptional
            error={errors.effectiveTo && t('form.endsBefore')}
          >
            <input type="datetime-local" {...form.register('effectiveTo')} />
          </Field>
        </div>
        <Field label={tCommon('reasonLabel')} error={errors.reason && tCommon('required')}>
          <textarea rows={3} maxLength={4_000} {...form.register('reason')} />
        </Field>
        {request.error !== null && <ActionError error={request.error} states="WorkflowStageStatus" />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{tCommon('cancel')}</Button>
          <Button type="submit" look="primary" isBusy={request.isPending}>
            {t('form.request')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

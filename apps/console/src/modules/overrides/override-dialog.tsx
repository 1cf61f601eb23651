import type { RequestOverride, User } from '@apms/validators';
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { ActionError } from '../../ui/action-error.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { useToast } from '../../ui/use-toast.ts';
import { ApproverField } from '../workflows/approver-field.tsx';
import type { TimelineStage } from '../workflows/stage-offers.ts';
import { useRefreshReviews } from '../workflows/use-refresh-reviews.ts';
import { type ChoiceField, EnteredOverride, type OverrideForm, refusedField } from './override-request.ts';
import { WideTargetFields } from './wide-target-fields.tsx';

export interface OverrideDialogProps {
  /** The stage that it is asked for; null when anything may be. */
  readonly stage: TimelineStage | null;
  readonly onClose: () => void;
}

/** The kind of fault that the API alone can find. */
const REFUSED = 'refused';

/** Asks for another approver; somebody else has to approve it. */
export function OverrideDialog({ stage, onClose }: OverrideDialogProps) {
  const t = useTranslations('overrides');
  const tCommon = useTranslations('common');
  const toast = useToast();
  const { client } = useWorkspace();
  const refresh = useRefreshReviews();
  const [from, setFrom] = useState<User | null>(null);
  const [to, setTo] = useState<User | null>(null);
  const form = useForm<OverrideForm, unknown, RequestOverride>({
    resolver: zodResolver(EnteredOverride),
    shouldFocusError: false,
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
    onError: (error) => {
      const field = refusedField(error);
      if (field !== null) form.setError(field, { type: REFUSED });
    },
    onSettled: refresh,
  });
  const { errors, isSubmitted, submitCount } = form.formState;
  const set = (field: 'fromUserId' | 'toUserId', choice: { readonly id: string } | null) =>
    form.setValue(field, choice?.id ?? '', { shouldValidate: isSubmitted });

  // To the first field that something is wrong with, whether it was found here or by the API.
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => {
    element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- after each attempt, and not while one types
  }, [submitCount, request.error]);

  function faultOf(field: ChoiceField, entered?: string): string | undefined {
    const error = errors[field];
    if (error === undefined) return undefined;
    return error.type === REFUSED ? t(`form.refused.${field}`) : (entered ?? error.message);
  }

  return (
    <Dialog isOpen onClose={onClose} title={t('add')} description={t('addAbout')}>
      <form
        ref={element}
        className="flex flex-col gap-4"
        onSubmit={(event) => void form.handleSubmit((values) => request.mutate(values))(event)}
      >
        {stage === null ? (
          <>
            <WideTargetFields form={form} faultOf={faultOf} />
            <ApproverField
              label={t('fields.from')}
              hint={t('form.fromHint')}
              isOptional
              error={faultOf('fromUserId')}
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
          error={faultOf('toUserId', t(to === null ? 'form.toMissing' : 'form.sameAsFrom'))}
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
        {request.error !== null && refusedField(request.error) === null && (
          <ActionError error={request.error} states="WorkflowStageStatus" />
        )}
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

import { Plus, Trash2 } from 'lucide-react';
import { type Control, type UseFormReturn, useFieldArray, useWatch } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useValueOptions } from '../../ui/use-value-text.ts';
import type { CompleteDecision, DecisionDraft } from './decision-form.ts';
import { EvidenceField, type EvidenceFieldProps } from './evidence-field.tsx';

export type DecisionForm = UseFormReturn<DecisionDraft, unknown, CompleteDecision>;

export interface DefectFieldsProps extends Pick<EvidenceFieldProps, 'onSending'> {
  readonly form: DecisionForm;
}

/** The defects that a decision raises, one below the other. */
export function DefectFields({ form, onSending }: DefectFieldsProps) {
  const t = useTranslations('inbox.decide');
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'items' });
  const { errors } = form.formState;
  const decision = useWatch({ control: form.control, name: 'decision' });
  const problem = errors.items?.root?.message ?? errors.items?.message;
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 font-semibold">{t('defects')}</legend>
      <ol className="flex flex-col gap-3">
        {fields.map((field, index) => (
          <li key={field.id} className="flex flex-col gap-3 rounded-md border border-line p-3">
            <DefectRow form={form} index={index} onSending={onSending} onRemove={() => remove(index)} />
          </li>
        ))}
      </ol>
      {problem !== undefined && (
        <p role="alert" className="text-sm text-bad">
          {t('codesDiffer')}
        </p>
      )}
      <div>
        <Button
          icon={<Plus aria-hidden className="size-4" />}
          onClick={() =>
            append({
              description: '',
              severity: decision === 'REJECT' && fields.length === 0 ? 'CRITICAL' : 'MAJOR',
              itemCode: '',
              documents: [],
            })
          }
        >
          {t('addDefect')}
        </Button>
      </div>
    </fieldset>
  );
}

interface DefectRowProps extends DefectFieldsProps {
  readonly index: number;
  readonly onRemove: () => void;
}

function DefectRow({ form, index, onSending, onRemove }: DefectRowProps) {
  const t = useTranslations('inbox.decide');
  const severities = useValueOptions('PunchlistItemSeverity');
  const control: Control<DecisionDraft, unknown, CompleteDecision> = form.control;
  const documents = useWatch({ control, name: `items.${index}.documents` });
  const errors = form.formState.errors.items?.[index];
  const setDocuments = (all: DecisionDraft['documents']) => form.setValue(`items.${index}.documents`, all);
  return (
    <>
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <Field
            label={t('description', { number: index + 1 })}
            error={errors?.description === undefined ? undefined : t('descriptionNeeded')}
          >
            <textarea rows={2} {...form.register(`items.${index}.description`)} />
          </Field>
        </div>
        <IconButton
          label={t('removeDefect', { number: index + 1 })}
          icon={<Trash2 aria-hidden className="size-4" />}
          onClick={onRemove}
        />
      </div>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={t('severity')}>
          <select {...form.register(`items.${index}.severity`)}>
            {severities.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </Field>
        <Field
          label={t('code')}
          isOptional
          error={errors?.itemCode === undefined ? undefined : t('codeTooLong')}
        >
          <input
            autoComplete="off"
            placeholder={t('codeHint')}
            {...form.register(`items.${index}.itemCode`)}
          />
        </Field>
      </div>
      <EvidenceField
        label={t('photo', { number: index + 1 })}
        documents={documents}
        onAttach={(document) => setDocuments([...form.getValues(`items.${index}.documents`), document])}
        onDetach={({ id }) => setDocuments(documents.filter((one) => one.id !== id))}
        onSending={onSending}
      />
    </>
  );
}

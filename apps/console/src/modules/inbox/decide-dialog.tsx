import type { StageDecision, StageOutcome } from '@apms/validators';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Field } from '../../ui/field.tsx';
import { textLinkLook } from '../../ui/text-link-look.ts';
import { useValueOptions } from '../../ui/use-value-text.ts';
import { CopyButton } from './copy-button.tsx';
import type { DecidableStage } from './decidable-stage.ts';
import { DefectFields } from './defect-fields.tsx';
import { EvidenceField } from './evidence-field.tsx';
import { StandingNote } from './standing-note.tsx';
import { useDecision } from './use-decision.ts';

export interface DecideDialogProps {
  readonly stage: DecidableStage;
  /** What is chosen at first, unless a draft says otherwise; approval when absent. */
  readonly decision?: StageDecision;
  /** It was decided; the lists that show it have been asked anew. */
  readonly onDecided: (outcome: StageOutcome) => void;
  readonly onClose: () => void;
}

/**
 * Decides a stage: with a comment, defects and documents. What was entered is kept as a draft until it is decided,
 * whatever happens meanwhile.
 */
export function DecideDialog({ stage, decision = 'APPROVE', onDecided, onClose }: DecideDialogProps) {
  const t = useTranslations('inbox.decide');
  const tCommon = useTranslations('common');
  const { workspace } = useWorkspace();
  const options = useValueOptions('StageDecision');
  const { form, chosen, documents, fault, decide, standing, submit, isUploading, onSending, written } =
    useDecision({ stage, decision, onDecided });
  const { siteCode, siteName, scopeCode, roleCode, stageNumber } = stage;
  const isMine = standing.kind === 'mine';
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="large"
      title={t('title', { siteCode, siteName })}
      description={t('about', { scopeCode, roleCode, stageNumber })}
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- hears what is pressed in its fields */}
      <form
        className="flex flex-col gap-5"
        onSubmit={submit}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
        }}
      >
        <fieldset>
          <legend className="mb-1 text-sm font-medium">{t('decision')}</legend>
          <div className="grid gap-2 sm:grid-cols-3">
            {options.map(({ value, label }) => (
              <label
                key={value}
                className="flex min-h-10 items-center gap-2 rounded-md border border-field-line px-3 py-2 has-checked:border-accent has-checked:bg-accent-soft has-checked:font-semibold"
              >
                <input
                  type="radio"
                  value={value}
                  className="size-4 accent-accent"
                  {...form.register('decision')}
                />
                {label}
              </label>
            ))}
          </div>
          <p className="mt-1.5 text-sm text-quiet">{t(`rule.${chosen}`)}</p>
        </fieldset>
        <Field
          label={t('comment')}
          isOptional
          error={form.formState.errors.comment === undefined ? undefined : t('commentTooLong')}
        >
          <textarea rows={3} autoFocus {...form.register('comment')} />
        </Field>
        <EvidenceField
          label={t('attach')}
          documents={documents}
          onAttach={(document) => form.setValue('documents', [...form.getValues('documents'), document])}
          onDetach={({ id }) =>
            form.setValue(
              'documents',
              documents.filter((one) => one.id !== id),
            )
          }
          onSending={onSending}
        />
        {chosen !== 'APPROVE' && <DefectFields form={form} onSending={onSending} />}
        {fault !== null && (
          <p role="alert" className="rounded-md bg-bad-soft p-3 text-sm">
            {t(`fault.${fault}`)}
          </p>
        )}
        <StandingNote standing={standing}>
          <span className="flex flex-wrap items-center gap-3">
            <Link
              className={textLinkLook}
              to="/w/$workspaceCode/workflows/$workflowId"
              params={{ workspaceCode: workspace.code, workflowId: stage.workflowId }}
            >
              {t('timeline')}
            </Link>
            <CopyButton text={written} label={t('copy')} />
          </span>
        </StandingNote>
        {decide.error !== null && isMine && <ErrorNote error={decide.error} />}
        <div className="flex flex-wrap items-center justify-end gap-2">
          {isUploading && (
            <p role="status" className="flex-1 text-sm text-quiet">
              {t('uploading')}
            </p>
          )}
          <Button onClick={onClose}>{tCommon(isMine ? 'cancel' : 'close')}</Button>
          <Button
            type="submit"
            look={chosen === 'REJECT' ? 'danger' : 'primary'}
            isBusy={decide.isPending}
            disabled={!isMine || isUploading}
          >
            {t(`send.${chosen}`)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

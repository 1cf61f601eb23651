import type { ImportProgress } from '@apms/validators';
import { Check, Circle, LoaderCircle } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '../../ui/button.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { useByteSize } from '../../ui/use-byte-size.ts';
import type { ImportState } from './use-workbook-import.ts';

export interface ImportStepsProps {
  readonly fileName: string;
  readonly state: ImportState;
  readonly onCancel: () => void;
}

const steps = ['uploading', 'unpacking', 'understanding', 'storing'] as const;
type Step = (typeof steps)[number];

/** Where an import is, step by step, and how far it is within the step. */
export function ImportSteps({ fileName, state, onCancel }: ImportStepsProps) {
  const t = useTranslations('configuration.import');
  const current = stepOf(state);
  return (
    <div className="flex max-w-2xl flex-col gap-4">
      <p className="font-medium break-words">{t('importing', { name: fileName })}</p>
      <ol className="flex flex-col gap-1.5">
        {steps.map((step) => {
          const distance = steps.indexOf(step) - steps.indexOf(current);
          return (
            <li
              key={step}
              aria-current={distance === 0 ? 'step' : undefined}
              className={`flex items-center gap-2 text-sm ${distance > 0 ? 'text-quiet' : ''} ${distance === 0 ? 'font-semibold' : ''}`}
            >
              {distance < 0 && <Check aria-hidden className="size-4 text-good" />}
              {distance === 0 && <LoaderCircle aria-hidden className="size-4 animate-spin text-accent" />}
              {distance > 0 && <Circle aria-hidden className="size-4" />}
              {t(`phases.${step}`)}
            </li>
          );
        })}
      </ol>
      <p role="status" className="sr-only">
        {t(`phases.${current}`)}
      </p>
      <StepProgress state={state} label={t(`phases.${current}`)} />
      {state.phase === 'uploading' && (
        <div>
          <Button onClick={onCancel}>{t('cancel')}</Button>
        </div>
      )}
    </div>
  );
}

function stepOf(state: ImportState): Step {
  if (state.phase !== 'importing') return 'uploading';
  return steps.find((step) => step === state.progress?.phase) ?? 'unpacking';
}

function StepProgress({ state, label }: { readonly state: ImportState; readonly label: string }) {
  const t = useTranslations('configuration.import');
  const byteSize = useByteSize();
  if (state.phase === 'uploading') {
    const { sentBytes, totalBytes } = state.progress;
    const text = t('uploaded', { sent: byteSize(sentBytes), total: byteSize(totalBytes) });
    return <ProgressBar label={label} value={sentBytes} max={totalBytes} text={text} />;
  }
  const progress: Partial<ImportProgress> | null = state.phase === 'importing' ? state.progress : null;
  const { sheet = null, rowsDone: done = 0, rowsTotal: total = null } = progress ?? {};
  const rows = total === null ? t('rowsSoFar', { done }) : t('rows', { done, total });
  return (
    <ProgressBar
      label={sheet === null ? label : t('sheet', { sheet })}
      value={total === null ? null : Math.min(done, total)}
      max={total ?? 1}
      text={done === 0 && total === null ? '' : rows}
    />
  );
}

import { appErrorOf } from '@apms/client';
import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { ValueSet } from '../messages/values-of.ts';
import { ErrorNote } from './error-note.tsx';
import { useKnownValueText } from './use-known-value-text.ts';

export interface ActionErrorProps {
  readonly error: unknown;
  /** How the states of what was acted on are called. */
  readonly states: ValueSet;
}

/** Why an action did not work; when somebody else was faster, how things stand now. */
export function ActionError({ error, states }: ActionErrorProps) {
  const t = useTranslations('common');
  const valueText = useKnownValueText();
  const appError = appErrorOf(error);
  if (appError?.code !== 'TRANSITION_ILLEGAL') return <ErrorNote error={error} />;
  const status = valueText(states, appError.from);
  if (status === null) return <ErrorNote error={error} />;
  return (
    <div role="alert" className="flex gap-2 rounded-md bg-warn-soft p-3 text-sm text-ink">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      <p className="min-w-0 flex-1">{t('outpaced', { status })}</p>
    </div>
  );
}

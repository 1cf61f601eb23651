import { useTranslations } from 'use-intl';
import { explainError } from '../api/explain-error.ts';

/** The sentence for whatever a call failed with: what went wrong and what to do next. */
export function useErrorText(): (error: unknown) => string {
  const t = useTranslations('common');
  return (error) => {
    const explanation = explainError(error);
    if (explanation.kind !== 'answered') return t(`error.${explanation.kind}`);
    const { message, requestId } = explanation;
    return requestId === null ? message : `${message} (${t('requestId', { id: requestId })})`;
  };
}

import { useTranslations } from 'use-intl';
import { Button } from '../../ui/button.tsx';

export interface SelectionBarProps {
  readonly count: number;
  readonly onApprove: () => void;
  readonly onClear: () => void;
}

/** What can be done with the selected stages, at the lower edge of the screen. */
export function SelectionBar({ count, onApprove, onClear }: SelectionBarProps) {
  const t = useTranslations('inbox.bulk');
  const tCommon = useTranslations('common');
  return (
    <section
      aria-label={t('bar')}
      className="sticky bottom-3 z-10 mx-auto mt-4 flex w-fit max-w-full flex-wrap items-center gap-3 rounded-xl border border-line bg-surface p-3 shadow-lg"
    >
      <span role="status" className="font-medium">
        {tCommon('selected', { count })}
      </span>
      <Button look="primary" onClick={onApprove}>
        {t('approve', { count })}
      </Button>
      <Button look="ghost" onClick={onClear}>
        {t('clear')}
      </Button>
    </section>
  );
}

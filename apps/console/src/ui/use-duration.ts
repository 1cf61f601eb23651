import { useFormatter, useTranslations } from 'use-intl';

/** A duration as the deploy tool's reports say it: `34 ms`, `1.2 s`, `2 min 5 s`. */
export function useDuration(): (milliseconds: number) => string {
  const t = useTranslations('common.durations');
  const formatter = useFormatter();
  return (milliseconds) => {
    if (milliseconds < 999.5) return t('milliseconds', { figure: Math.round(milliseconds) });
    if (milliseconds < 59_950) {
      const figure = formatter.number(milliseconds / 1_000, {
        minimumFractionDigits: 1,
        maximumFractionDigits: 1,
      });
      return t('seconds', { figure });
    }
    const seconds = Math.round(milliseconds / 1_000);
    return t('minutes', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
  };
}

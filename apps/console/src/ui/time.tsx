import { useFormatter, useNow, useTranslations } from 'use-intl';

export interface TimeProps {
  /** An ISO string in UTC, as the API gives it. */
  readonly value: string;
  /** `relative`: "in 3 hours", renewed every minute. */
  readonly format?: 'dateTime' | 'date' | 'relative';
}

const utc = { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' } as const;

/** A moment in the reader's own time zone; UTC and the exact time when pointed at. */
export function Time({ value, format = 'dateTime' }: TimeProps) {
  const t = useTranslations('common');
  const formatter = useFormatter();
  const moment = new Date(value);
  const exact = t('utc', { time: formatter.dateTime(moment, utc) });
  const local = formatter.dateTime(moment, {
    dateStyle: 'medium',
    ...(format === 'date' ? {} : { timeStyle: 'short' }),
  });
  return (
    <time
      dateTime={value}
      title={format === 'relative' ? `${local} · ${exact}` : exact}
      className="whitespace-nowrap"
    >
      {format === 'relative' ? <Relative moment={moment} /> : local}
    </time>
  );
}

function Relative({ moment }: { readonly moment: Date }) {
  const formatter = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  return formatter.relativeTime(moment, now);
}

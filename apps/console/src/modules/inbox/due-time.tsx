import { useNow, useTranslations } from 'use-intl';
import { Badge } from '../../ui/badge.tsx';
import { Time } from '../../ui/time.tsx';

export interface DueTimeProps {
  readonly slaDueAt: string;
  readonly slaBreachedAt: string | null;
}

/** By when a decision is due: said in words when it is late. */
export function DueTime({ slaDueAt, slaBreachedAt }: DueTimeProps) {
  const t = useTranslations('inbox.due');
  const now = useNow({ updateInterval: 60_000 });
  const isOverdue = slaBreachedAt !== null || Date.parse(slaDueAt) < now.getTime();
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-0.5">
      {isOverdue && <Badge tone="bad">{t('overdue')}</Badge>}
      <Time value={slaDueAt} format="relative" />
    </span>
  );
}

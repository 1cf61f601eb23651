import type { LockBudget } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { Badge } from '../../ui/badge.tsx';
import { SmallTable } from '../../ui/small-table.tsx';
import { useDuration } from '../../ui/use-duration.ts';

/** For how long the rehearsal says that each table is blocked, in the way that was chosen because of it. */
export function ForecastTable({ lockBudget }: { readonly lockBudget: LockBudget }) {
  const t = useTranslations('deployments');
  const duration = useDuration();
  const { mode, together, phased, notPhased, maxLockMs, excesses } = lockBudget;
  const phases = mode === 'phased' ? (phased ?? together) : together;
  const forecasts = phases
    .flatMap(({ forecast }) => forecast)
    .toSorted((a, b) => b.writesBlockedMs - a.writesBlockedMs);
  const placed = (migration: string, line: number | null) =>
    line === null ? migration : `${migration}:${line}`;
  const took = (milliseconds: number) =>
    milliseconds > maxLockMs ? (
      <>
        <Badge tone="bad">{t('locks.over')}</Badge> {duration(milliseconds)}
      </>
    ) : (
      duration(milliseconds)
    );
  return (
    <>
      {notPhased !== null && <p>{notPhased}</p>}
      {excesses.length > 0 && (
        <ul className="list-disc pl-5 break-words">
          {excesses.map(({ table, writesBlockedMs, longest }) => (
            <li key={table}>
              {t('locks.excess', {
                table,
                duration: duration(writesBlockedMs),
                place: placed(longest.migration, longest.line),
                statement: longest.statement,
              })}
            </li>
          ))}
        </ul>
      )}
      {forecasts.length > 0 && (
        <SmallTable
          caption={
            mode === 'phased' ? t('locks.forecastPhased', { count: phases.length }) : t('locks.forecast')
          }
          isCaptionShown
          columns={[
            { head: t('table') },
            { head: t('locks.writes'), align: 'right' },
            { head: t('locks.reads'), align: 'right' },
            { head: t('locks.from') },
          ]}
          rows={forecasts.map(({ table, writesBlockedMs, readsBlockedMs, migration, line }) => ({
            id: `${table} ${placed(migration, line)}`,
            cells: [
              table,
              took(writesBlockedMs),
              readsBlockedMs > 0 && took(readsBlockedMs),
              <code key="place" className="text-xs">
                {placed(migration, line)}
              </code>,
            ],
          }))}
        />
      )}
    </>
  );
}

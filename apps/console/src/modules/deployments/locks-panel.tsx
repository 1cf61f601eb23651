import type { DeploymentReport } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { Badge } from '../../ui/badge.tsx';
import { Fold } from '../../ui/fold.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SmallTable } from '../../ui/small-table.tsx';
import { useDuration } from '../../ui/use-duration.ts';
import { ForecastTable } from './forecast-table.tsx';
import { PhasesTimeline } from './phases-timeline.tsx';
import { strongestLocks } from './strongest-locks.ts';

/** For how long the migrations kept the application from its tables, beside what the target allows. */
export function LocksPanel({ report }: { readonly report: DeploymentReport }) {
  const t = useTranslations('deployments');
  const duration = useDuration();
  const { migrations, lockedMs, rehearsedLockedMs, lockBudgetMs, lockBudget, phases } = report;
  if (migrations.length === 0) return null;
  const isApplied = migrations.some(({ applied }) => applied !== null);
  const longestMs = isApplied ? lockedMs : rehearsedLockedMs;
  const held = migrations.flatMap(({ name, applied, rehearsed }) =>
    [
      ...Map.groupBy(
        strongestLocks(isApplied ? applied : rehearsed),
        ({ mode, blocks }) => `${blocks} (${mode})`,
      ),
    ].map(([blocks, locks]) => ({ name, blocks, tables: locks.map(({ table }) => table).join(', ') })),
  );
  if (longestMs === null && held.length === 0 && lockBudget === null) return null;
  const isOver = longestMs !== null && lockBudgetMs !== null && longestMs > lockBudgetMs;
  return (
    <Panel title={t('sections.locks')}>
      <div className="flex flex-col gap-4 text-sm">
        {longestMs !== null && (
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            {t(`locks.longest.${isApplied ? 'target' : 'rehearsal'}`, { duration: duration(longestMs) })}
            {lockBudgetMs !== null && (
              <>
                {` ${t('locks.budget', { duration: duration(lockBudgetMs) })} `}
                <Badge tone={isOver ? 'bad' : 'good'}>{t(isOver ? 'locks.over' : 'locks.within')}</Badge>
              </>
            )}
          </p>
        )}
        {phases.length > 1 && <PhasesTimeline phases={phases} budgetMs={lockBudgetMs} />}
        {lockBudget !== null && <ForecastTable lockBudget={lockBudget} />}
        {held.length === 0 ? (
          <p className="text-quiet">{t('locks.none')}</p>
        ) : (
          <Fold title={t('locks.heldFold')}>
            <SmallTable
              caption={t('locks.held')}
              columns={[
                { head: t('migrationsTable.migration') },
                { head: t('locks.blocks') },
                { head: t('locks.tables') },
              ]}
              rows={held.map(({ name, blocks, tables }) => ({
                id: `${name} ${blocks}`,
                cells: [
                  <code key="name" className="text-xs">
                    {name}
                  </code>,
                  blocks,
                  tables,
                ],
              }))}
            />
          </Fold>
        )}
      </div>
    </Panel>
  );
}

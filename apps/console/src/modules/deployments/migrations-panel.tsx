import type { DeploymentReport, MigrationRun } from '@apms/validators';
import { useFormatter, useTranslations } from 'use-intl';
import { Panel } from '../../ui/panel.tsx';
import { SmallTable } from '../../ui/small-table.tsx';
import { useDuration } from '../../ui/use-duration.ts';
import { blockingLocks } from './strongest-locks.ts';

/** The pending migrations, and how long each took in the rehearsal and on the target. */
export function MigrationsPanel({ migrations }: Pick<DeploymentReport, 'migrations'>) {
  const t = useTranslations('deployments');
  const formatter = useFormatter();
  const duration = useDuration();
  if (migrations.length === 0) return null;
  const took = (run: MigrationRun | null) => run !== null && duration(run.durationMs);
  return (
    <Panel title={t('sections.migrations')}>
      <SmallTable
        caption={t('migrationsTable.caption')}
        columns={[
          { head: t('migrationsTable.migration') },
          { head: t('migrationsTable.rehearsed'), align: 'right' },
          { head: t('migrationsTable.applied'), align: 'right' },
          { head: t('migrationsTable.locked'), align: 'right' },
          { head: t('migrationsTable.checksum') },
        ]}
        rows={migrations.map(({ name, checksum, rehearsed, applied }) => ({
          id: name,
          cells: [
            <code key="name" className="text-xs">
              {name}
            </code>,
            took(rehearsed),
            took(applied),
            formatter.number(blockingLocks(applied ?? rehearsed).length),
            <code key="checksum" className="text-xs text-quiet" title={checksum}>
              {checksum.slice(0, 12)}…
            </code>,
          ],
        }))}
      />
    </Panel>
  );
}

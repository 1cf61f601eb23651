import type { DeploymentSummary } from '@apms/validators';
import type { useTranslations } from 'use-intl';
import { type Column, columnsOf } from '../../ui/table-columns.ts';
import { Time } from '../../ui/time.tsx';
import type { useDuration } from '../../ui/use-duration.ts';
import { ValueBadge } from '../../ui/value-badge.tsx';

const { display } = columnsOf<DeploymentSummary>();

export function deploymentColumns(
  t: ReturnType<typeof useTranslations<'deployments'>>,
  duration: ReturnType<typeof useDuration>,
): Column<DeploymentSummary>[] {
  return [
    display({
      id: 'when',
      header: t('columns.when'),
      cell: ({ row: { original: run } }) => (
        <>
          <span className="max-sm:hidden">
            <Time value={run.startedAt} />
          </span>
          <span className="sm:hidden">
            <Time value={run.startedAt} format="date" />
          </span>
        </>
      ),
      meta: { width: 'w-32 sm:w-48' },
    }),
    display({
      id: 'outcome',
      header: t('columns.outcome'),
      cell: ({ row: { original: run } }) => (
        <>
          <ValueBadge set="DeploymentOutcome" value={run.outcome} />
          <br />
          <span className="text-quiet">
            {run.failure ?? t('migrations', { count: run.migrations.length })}
          </span>
        </>
      ),
    }),
    display({
      id: 'decision',
      header: t('columns.decision'),
      cell: ({ row: { original: run } }) =>
        run.decision !== null && <ValueBadge set="Decision" value={run.decision} />,
      meta: { width: 'w-28', hideBelow: 'md' },
    }),
    display({
      id: 'commit',
      header: t('columns.what'),
      cell: ({ row: { original: run } }) =>
        run.commit !== null && <code className="text-xs">{run.commit.slice(0, 12)}</code>,
      meta: { width: 'w-36', hideBelow: 'lg' },
    }),
    display({
      id: 'by',
      header: t('columns.by'),
      cell: ({ row: { original: run } }) => run.by,
      meta: { hideBelow: 'lg' },
    }),
    display({
      id: 'duration',
      header: t('columns.duration'),
      cell: ({ row: { original: run } }) => duration(run.durationMs),
      meta: { width: 'w-28', align: 'right', hideBelow: 'sm' },
    }),
    display({
      id: 'locked',
      header: t('columns.locked'),
      cell: ({ row: { original: run } }) => run.lockedMs !== null && duration(run.lockedMs),
      meta: { width: 'w-32', align: 'right', hideBelow: 'xl' },
    }),
  ];
}

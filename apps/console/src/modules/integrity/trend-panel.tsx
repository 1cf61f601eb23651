import { useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Drawing } from '../../ui/drawing.tsx';
import { Field } from '../../ui/field.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Time } from '../../ui/time.tsx';
import { useValueOptions } from '../../ui/use-value-text.ts';
import { ValueBadge } from '../../ui/value-badge.tsx';
import { completeTrendChoice, type TrendChoice, trendPeriodNames, trendQuery } from './trend-query.ts';

// The chart library comes with the first chart.
const TrendChart = lazy(async () => ({ default: (await import('./trend-chart.tsx')).TrendChart }));

export interface TrendPanelProps {
  readonly choice: TrendChoice;
  readonly onChoose: (changed: TrendChoice) => void;
}

/** How many orphans the audits of a period found. */
export function TrendPanel({ choice, onChoose }: TrendPanelProps) {
  const t = useTranslations('integrity.trend');
  const formatter = useFormatter();
  const { trpc } = useWorkspace();
  const { data } = useSuspenseQuery(trendQuery({ trpc }, choice));
  const { period, bucket, canBeHourly } = completeTrendChoice(choice);
  const buckets = useValueOptions('TrendBucket').filter(({ value }) => canBeHourly || value === 'day');
  const runs = data.points.filter((point) => point.runs > 0);
  return (
    <Panel title={t('title')}>
      <div className="mb-3 flex flex-wrap gap-3">
        <div className="w-full sm:w-44">
          <Field label={t('period')}>
            <select
              value={period}
              onChange={({ target }) =>
                onChoose({ period: trendPeriodNames.find((name) => name === target.value) })
              }
            >
              {trendPeriodNames.map((name) => (
                <option key={name} value={name}>
                  {t(`periods.${name}`)}
                </option>
              ))}
            </select>
          </Field>
        </div>
        <div className="w-full sm:w-44">
          <Field label={t('bucket')}>
            <select
              value={bucket}
              onChange={({ target }) =>
                onChoose({ bucket: buckets.find(({ value }) => value === target.value)?.value })
              }
            >
              {buckets.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </Field>
        </div>
      </div>
      {runs.length === 0 ? (
        <p className="text-quiet">{t('none')}</p>
      ) : (
        <Drawing
          caption={t(`captions.${bucket}`)}
          columns={[
            { head: t('columns.when') },
            { head: t('columns.runs'), align: 'right' },
            { head: t('columns.orphans'), align: 'right' },
            { head: t('columns.checks'), align: 'right' },
            { head: t('columns.health') },
          ]}
          rows={runs.toReversed().map((point) => ({
            id: point.bucketStart,
            cells: [
              bucket === 'hour' ? (
                <Time key="when" value={point.bucketStart} />
              ) : (
                formatter.dateTime(new Date(point.bucketStart), { dateStyle: 'medium', timeZone: 'UTC' })
              ),
              formatter.number(point.runs),
              formatter.number(Number(point.orphans)),
              formatter.number(point.checksFailed ?? 0),
              point.health !== null && <ValueBadge key="health" set="IntegrityHealth" value={point.health} />,
            ],
          }))}
        >
          <Suspense fallback={<div className="h-64 animate-pulse rounded-md bg-raised" />}>
            <TrendChart trend={data} />
          </Suspense>
        </Drawing>
      )}
    </Panel>
  );
}

import type { IntegrityHealth, IntegrityTrend } from '@apms/validators';
import {
  Bar,
  BarChart,
  type BarShapeProps,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  type TooltipContentProps,
  XAxis,
  YAxis,
} from 'recharts';
import { useFormatter, useTranslations } from 'use-intl';
import { ChartTip } from '../../ui/chart-tip.tsx';
import { tickLook } from '../../ui/tick-look.ts';
import { useValueText } from '../../ui/use-value-text.ts';

interface Point {
  readonly at: string;
  readonly runs: number;
  readonly orphans: number;
  readonly health: IntegrityHealth | null;
}

/** A bar for each hour or day; its health is told by its filling, never by its colour alone. */
export function TrendChart({ trend: { bucket, points } }: { readonly trend: IntegrityTrend }) {
  const t = useTranslations('integrity.trend');
  const formatter = useFormatter();
  const valueText = useValueText();
  const data = points.map(
    ({ bucketStart, runs, orphans, health }): Point => ({
      at: bucketStart,
      runs,
      orphans: Number(orphans ?? 0),
      health,
    }),
  );
  const runs = data.reduce((sum, point) => sum + point.runs, 0);
  const most = Math.max(...data.map(({ orphans }) => orphans));
  const when = (at: string) =>
    formatter.dateTime(
      new Date(at),
      bucket === 'day'
        ? { day: 'numeric', month: 'short', timeZone: 'UTC' }
        : { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
    );
  return (
    <>
      <div role="img" aria-label={t('chart', { runs, most })} className="h-64">
        <ResponsiveContainer>
          <BarChart data={data} accessibilityLayer={false} margin={{ top: 12, right: 8, bottom: 0, left: 0 }}>
            <Hatch />
            <CartesianGrid vertical={false} stroke="var(--color-line)" />
            <XAxis
              dataKey="at"
              tickFormatter={when}
              minTickGap={24}
              tickLine={false}
              tick={tickLook}
              axisLine={{ stroke: 'var(--color-field-line)' }}
            />
            <YAxis
              allowDecimals={false}
              width={40}
              tickLine={false}
              axisLine={false}
              domain={[0, (dataMax: number) => Math.max(dataMax, 4)]}
              tick={tickLook}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ fill: 'var(--color-raised)' }}
              content={<TrendTip when={when} />}
            />
            <Bar dataKey="orphans" isAnimationActive={false} maxBarSize={32} shape={TrendBar} />
          </BarChart>
        </ResponsiveContainer>
      </div>
      <ul aria-hidden className="flex flex-wrap gap-x-5 gap-y-1 text-sm text-quiet">
        {(['HEALTHY', 'WARNING', 'CRITICAL'] as const).map((health) => (
          <li key={health} className="flex items-center gap-2">
            <svg className="size-4">
              <Mark health={health} x={1} y={2} width={14} height={12} />
            </svg>
            {valueText('IntegrityHealth', health)}
          </li>
        ))}
      </ul>
    </>
  );
}

interface TrendTipProps extends Partial<TooltipContentProps> {
  readonly when: (at: string) => string;
}

function TrendTip({ active, payload, when }: TrendTipProps) {
  const t = useTranslations('integrity.trend');
  const valueText = useValueText();
  const point = active === true ? pointOf(payload?.[0]?.payload) : null;
  if (point === null) return null;
  const { at, health, orphans, runs } = point;
  const lines =
    health === null
      ? [t('noRun')]
      : [valueText('IntegrityHealth', health), t('orphans', { count: orphans }), t('runs', { count: runs })];
  return <ChartTip title={when(at)} lines={lines} />;
}

function Hatch() {
  return (
    <defs>
      <pattern
        id="warning-hatch"
        width={6}
        height={6}
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width={6} height={6} className="fill-warn-soft" />
        <rect width={2.5} height={6} className="fill-warn" />
      </pattern>
    </defs>
  );
}

interface MarkProps {
  readonly health: IntegrityHealth | null;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function TrendBar({ x, y, width, height, payload }: BarShapeProps) {
  return <Mark health={pointOf(payload)?.health ?? null} x={x} y={y} width={width} height={height} />;
}

/** A ring where an audit found nothing; hatched or full bars where it did; nothing where none ran. */
function Mark({ health, x, y, width, height }: MarkProps) {
  if (health === null) return null;
  if (health === 'HEALTHY') {
    const radius = Math.min(4, width / 2);
    return (
      <circle
        cx={x + width / 2}
        cy={y + height - radius - 1}
        r={radius}
        strokeWidth={1.5}
        className="fill-surface stroke-good"
      />
    );
  }
  const isWarning = health === 'WARNING';
  return (
    <rect
      x={x}
      y={y}
      width={width}
      height={height}
      fill={isWarning ? 'url(#warning-hatch)' : undefined}
      className={isWarning ? 'stroke-warn' : 'fill-bad stroke-bad'}
    />
  );
}

/** The chart library knows nothing of what its data are. */
function pointOf(payload: unknown): Point | null {
  return isPoint(payload) ? payload : null;
}

function isPoint(payload: unknown): payload is Point {
  return typeof payload === 'object' && payload !== null && 'at' in payload && 'health' in payload;
}

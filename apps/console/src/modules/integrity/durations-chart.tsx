import type { IntegrityAudit } from '@apms/validators';
import {
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  type TooltipContentProps,
  XAxis,
  YAxis,
} from 'recharts';
import { useFormatter, useTranslations } from 'use-intl';
import { ChartTip } from '../../ui/chart-tip.tsx';
import { tickLook } from '../../ui/tick-look.ts';
import { useDuration } from '../../ui/use-duration.ts';

/** How long audits took, one after the other. */
export function DurationsChart({ audits }: { readonly audits: readonly IntegrityAudit[] }) {
  const t = useTranslations('integrity.history');
  const formatter = useFormatter();
  const duration = useDuration();
  const data = audits.toReversed().map(({ startedAt, durationMs }) => ({ at: startedAt, ms: durationMs }));
  const longest = Math.max(...data.map(({ ms }) => ms));
  const day = (at: string) => formatter.dateTime(new Date(at), { day: 'numeric', month: 'short' });
  return (
    <div
      role="img"
      aria-label={t('durationsChart', { count: data.length, longest: duration(longest) })}
      className="h-48"
    >
      <ResponsiveContainer>
        <LineChart data={data} accessibilityLayer={false} margin={{ top: 8, right: 8, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--color-line)" />
          <XAxis
            dataKey="at"
            tickFormatter={day}
            minTickGap={32}
            tickLine={false}
            tick={tickLook}
            axisLine={{ stroke: 'var(--color-field-line)' }}
          />
          <YAxis
            width={64}
            tickFormatter={duration}
            tickLine={false}
            axisLine={false}
            domain={[0, 'auto']}
            tick={tickLook}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--color-field-line)' }}
            content={<DurationTip />}
          />
          <Line
            dataKey="ms"
            isAnimationActive={false}
            strokeWidth={2}
            stroke="var(--color-accent)"
            dot={{ r: 2.5, fill: 'var(--color-surface)' }}
          />
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}

function DurationTip({ active, label, payload }: Partial<TooltipContentProps>) {
  const formatter = useFormatter();
  const duration = useDuration();
  if (active !== true || payload?.[0] === undefined) return null;
  const when = formatter.dateTime(new Date(String(label)), { dateStyle: 'medium', timeStyle: 'short' });
  return <ChartTip title={when} lines={[duration(Number(payload[0].value))]} />;
}

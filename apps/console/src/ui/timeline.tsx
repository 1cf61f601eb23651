import { useTranslations } from 'use-intl';
import { Badge } from './badge.tsx';
import { Drawing } from './drawing.tsx';
import { useDuration } from './use-duration.ts';

export interface TimelineBar {
  readonly id: string;
  readonly name: string;
  readonly isGood: boolean;
  /** How it ended, in a word. */
  readonly result: string;
  readonly startMs: number;
  readonly durationMs: number;
  readonly text: string;
}

export interface TimelineProps {
  readonly caption: string;
  /** What a bar is, and what its text says. */
  readonly heads: { readonly name: string; readonly result: string; readonly text: string };
  readonly bars: readonly TimelineBar[];
}

/** Not thinner, so that what took no time is seen. */
const THINNEST_PERCENT = 0.6;

/** What ran when, each as a bar on one scale of time. What did not end well is told by a word and hatched. */
export function Timeline({ caption, heads, bars }: TimelineProps) {
  const t = useTranslations('common.timeline');
  const duration = useDuration();
  const whole = Math.max(1, ...bars.map(({ startMs, durationMs }) => startMs + durationMs));
  return (
    <Drawing
      caption={caption}
      columns={[
        { head: heads.name },
        { head: heads.result },
        { head: t('starts'), align: 'right' },
        { head: t('duration'), align: 'right' },
        { head: heads.text },
      ]}
      rows={bars.map((bar) => ({
        id: bar.id,
        cells: [bar.name, bar.result, duration(bar.startMs), duration(bar.durationMs), bar.text],
      }))}
    >
      <ol className="flex flex-col gap-3">
        {bars.map((bar) => (
          <li
            key={bar.id}
            className="grid grid-cols-[1fr_auto] items-center gap-x-3 gap-y-1 sm:grid-cols-[9rem_1fr_5rem]"
          >
            <p className="flex min-w-0 flex-wrap items-center gap-2 text-sm font-medium">
              {bar.name}
              {!bar.isGood && <Badge tone="bad">{bar.result}</Badge>}
            </p>
            <div
              aria-hidden
              className="order-3 col-span-2 h-3 rounded-sm bg-raised sm:order-none sm:col-span-1"
            >
              <div
                className={`h-full rounded-sm ${bar.isGood ? 'bg-accent' : 'bg-[repeating-linear-gradient(135deg,var(--color-bad)_0_4px,var(--color-bad-soft)_4px_7px)]'}`}
                style={placeOf(bar, whole)}
              />
            </div>
            <p className="text-right text-sm whitespace-nowrap tabular-nums">{duration(bar.durationMs)}</p>
            <p className="order-4 col-span-2 min-w-0 text-sm break-words text-quiet sm:order-none sm:col-span-2 sm:col-start-2">
              {bar.text}
            </p>
          </li>
        ))}
      </ol>
    </Drawing>
  );
}

function placeOf({ startMs, durationMs }: TimelineBar, whole: number): { marginLeft: string; width: string } {
  const width = Math.min(100, Math.max(THINNEST_PERCENT, (durationMs / whole) * 100));
  return { marginLeft: `${Math.min(100 - width, (startMs / whole) * 100)}%`, width: `${width}%` };
}

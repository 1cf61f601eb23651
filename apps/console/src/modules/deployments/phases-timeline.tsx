import type { AppliedPhase } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { Timeline, type TimelineBar } from '../../ui/timeline.tsx';

export interface PhasesTimelineProps {
  readonly phases: readonly AppliedPhase[];
  readonly budgetMs: number | null;
}

/** The phases that were committed one after another on the target. */
export function PhasesTimeline({ phases, budgetMs }: PhasesTimelineProps) {
  const t = useTranslations('deployments');
  const begin = Math.min(...phases.map(({ startedAt }) => Date.parse(startedAt)));

  function barOf(phase: AppliedPhase, index: number): TimelineBar {
    const { kind, migrations, line, startedAt, durationMs, retries, locks } = phase;
    const blocked = new Set(
      locks.filter(({ blocks }) => blocks !== 'schema changes').map(({ table }) => table),
    );
    const isOver = budgetMs !== null && blocked.size > 0 && durationMs > budgetMs;
    const place = line === null ? migrations.join(', ') : `${migrations[0]}:${line}`;
    const what = [
      kind === 'alone' ? t('locks.alone', { place }) : place,
      ...(retries > 0 ? [t('locks.retries', { count: retries })] : []),
    ].join(', ');
    const tables =
      blocked.size === 0
        ? t('locks.blockedNothing')
        : t('locks.blocked', { tables: [...blocked].join(', ') });
    return {
      id: startedAt,
      name: t('locks.phaseName', { number: index + 1 }),
      isGood: !isOver,
      result: t(isOver ? 'locks.over' : 'steps.done'),
      startMs: Math.max(0, Date.parse(startedAt) - begin),
      durationMs,
      text: `${what}. ${tables}`,
    };
  }

  return (
    <Timeline
      caption={t('locks.phasesCaption')}
      heads={{ name: t('locks.phase'), result: t('result'), text: t('locks.phaseSays') }}
      bars={phases.map(barOf)}
    />
  );
}

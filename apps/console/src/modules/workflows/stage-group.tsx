import type { WorkflowTimeline } from '@apms/validators';
import { useTranslations } from 'use-intl';
import { StageCard } from './stage-card.tsx';
import type { AskedOfStage, TimelineStage } from './stage-offers.ts';

export interface StageGroupProps {
  readonly workflow: WorkflowTimeline;
  readonly stageNumber: number;
  readonly stages: readonly TimelineStage[];
  readonly onAsk: (asked: AskedOfStage) => void;
}

/** One step of the timeline: a stage, or several that are open together. */
export function StageGroup({ workflow, stageNumber, stages, onAsk }: StageGroupProps) {
  const t = useTranslations('workflows');
  const isParallel = stages.length > 1;
  const isOpen = stages.some(({ status }) => status === 'PENDING');
  const cards = stages.map((stage) => (
    <StageCard key={stage.id} stage={stage} workflow={workflow} onAsk={onAsk} />
  ));
  return (
    <li className="flex gap-3" aria-current={isOpen ? 'step' : undefined}>
      <div className="flex flex-col items-center">
        <span
          className={`flex size-8 shrink-0 items-center justify-center rounded-full text-sm font-semibold tabular-nums ${isOpen ? 'bg-accent text-accent-ink' : 'bg-raised'}`}
        >
          <span className="sr-only">{t('stageNumber')} </span>
          {stageNumber}
        </span>
        <span aria-hidden className="mt-1 w-0.5 flex-1 bg-line" />
      </div>
      <div className="min-w-0 flex-1 pb-2">
        {isParallel ? (
          <section aria-label={t('parallel')} className="rounded-lg border-2 border-dashed border-line p-3">
            <p className="mb-2 text-sm font-medium text-quiet">{t('parallel')}</p>
            <div className="grid gap-3 lg:grid-cols-2">{cards}</div>
          </section>
        ) : (
          cards
        )}
      </div>
    </li>
  );
}

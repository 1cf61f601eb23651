import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Time } from '../../ui/time.tsx';
import { useValueText } from '../../ui/use-value-text.ts';
import type { StageStanding } from './use-stage-standing.ts';

export interface StandingNoteProps {
  readonly standing: StageStanding;
  /** What can be done about it. */
  readonly children?: ReactNode;
}

/** Says why somebody cannot decide a stage (any more): who did what when. Nothing while they can. */
export function StandingNote({ standing, children }: StandingNoteProps) {
  if (standing.kind === 'mine') return null;
  return (
    <div role="alert" className="flex gap-2 rounded-md bg-warn-soft p-3 text-sm">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <p className="break-words">
          <StandingText standing={standing} />
        </p>
        {children}
      </div>
    </div>
  );
}

function StandingText({ standing }: { readonly standing: Exclude<StageStanding, { kind: 'mine' }> }) {
  const t = useTranslations('inbox.standing');
  const valueText = useValueText();
  const { kind, stage } = standing;
  const name = stage.approver?.name ?? t('nobody');
  if (kind === 'somebodyElses') return t('somebodyElses', { name });
  if (kind === 'onHold') return t('onHold');
  if (stage.status === 'WAITING') return t('waiting', { name });
  const status = valueText('WorkflowStageStatus', stage.status);
  if (stage.decidedAt === null) return t('ended', { status });
  const { decidedAt } = stage;
  return t.rich('decided', { name, status, time: () => <Time value={decidedAt} /> });
}

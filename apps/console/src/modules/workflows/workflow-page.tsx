import type { WorkflowTimeline } from '@apms/validators';
import { useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ValueBadge } from '../../ui/value-badge.tsx';
import { StageGroup } from './stage-group.tsx';
import type { AskedOfStage } from './stage-offers.ts';
import { WorkflowFacts } from './workflow-facts.tsx';
import { type ManagedAction, offersOfWorkflow } from './workflow-offers.ts';

const WorkflowActionDialog = lazy(async () => ({
  default: (await import('./workflow-action-dialog.tsx')).WorkflowActionDialog,
}));
const StageDialog = lazy(async () => ({ default: (await import('./stage-dialog.tsx')).StageDialog }));

/** One review: its stages in their order, by whom and under which configuration each was decided. */
export function WorkflowPage({ workflowId }: { readonly workflowId: string }) {
  const t = useTranslations('workflows');
  const { can, trpc } = useWorkspace();
  const { data: timeline } = useSuspenseQuery(trpc.workflows.timeline.queryOptions({ workflowId }));
  const [action, setAction] = useState<ManagedAction | null>(null);
  const [asked, setAsked] = useState<AskedOfStage | null>(null);
  const { site, scopeCode, status } = timeline;
  return (
    <>
      <PageHeader
        title={t('heading', { site: site.siteCode, scope: scopeCode })}
        about={
          <span className="flex flex-wrap items-center gap-2">
            <ValueBadge set="WorkflowStatus" value={status} />
            <span>{t('progress', { stage: timeline.currentStageNumber, total: timeline.totalStages })}</span>
            <span>{site.name}</span>
          </span>
        }
        actions={offersOfWorkflow(status, can).map((offer) => (
          <Button
            key={offer}
            look={offer === 'cancel' ? 'ghost' : 'secondary'}
            onClick={() => setAction(offer)}
          >
            {t(`actions.${offer}.label`)}
          </Button>
        ))}
      />
      <div className="flex flex-col gap-5">
        <WorkflowFacts timeline={timeline} />
        <Panel title={t('timeline')}>
          <ol className="flex flex-col gap-4">
            {groupsOf(timeline.stages).map(([stageNumber, stages]) => (
              <StageGroup
                key={stageNumber}
                workflow={timeline}
                stageNumber={stageNumber}
                stages={stages}
                onAsk={setAsked}
              />
            ))}
          </ol>
        </Panel>
      </div>
      <Suspense>
        {action !== null && (
          <WorkflowActionDialog workflowId={workflowId} action={action} onClose={() => setAction(null)} />
        )}
        {asked !== null && <StageDialog {...asked} workflow={timeline} onClose={() => setAsked(null)} />}
      </Suspense>
    </>
  );
}

type Stages = WorkflowTimeline['stages'];

/** Stages of one number are open together. */
function groupsOf(stages: Stages): [number, Stages][] {
  return [...Map.groupBy(stages, ({ stageNumber }) => stageNumber)].toSorted(([a], [b]) => a - b);
}

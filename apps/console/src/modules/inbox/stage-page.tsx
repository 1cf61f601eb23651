import type { InboxTask, WorkflowTimeline } from '@apms/validators';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { ArrowLeft, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { PageLoading } from '../../ui/page-loading.tsx';
import { usePagedRows } from '../../ui/paged-rows.ts';
import { useMediaQuery } from '../../ui/use-media-query.ts';
import type { DecidableStage } from './decidable-stage.ts';
import { DecisionButtons } from './decision-buttons.tsx';
import { inboxQuery, knownTask, stageQuery, timelineQuery } from './inbox-query.ts';
import { StageFacts } from './stage-facts.tsx';
import { StageHistory } from './stage-history.tsx';
import { StandingNote } from './standing-note.tsx';
import { SubmissionPanels } from './submission-panels.tsx';
import { decisionOfKey, useDecide } from './use-decide.tsx';
import { useOpenedStage } from './use-opened-stage.ts';
import { useStageStanding } from './use-stage-standing.ts';

/** One stage with everything that its decision rests on: beside the list, or on a narrow screen in its place. */
export function StagePage({ stageId }: { readonly stageId: string }) {
  const t = useTranslations('inbox.detail');
  const api = useWorkspace();
  const filters = useSearch({ from: '/w/$workspaceCode/inbox' });
  const isWide = useMediaQuery('(width >= 64rem)');
  const { open, leave } = useOpenedStage(isWide);
  const rows = usePagedRows(inboxQuery(api, filters));
  // What the list knew stays when the stage leaves the list.
  const task = useKnownTask(stageId);
  const stage = useQuery({ ...stageQuery(api, stageId), enabled: task === undefined });
  const workflowId = task?.workflowId ?? stage.data?.workflowId;
  const timeline = useQuery({ ...timelineQuery(api, workflowId ?? ''), enabled: workflowId !== undefined });
  const standing = useStageStanding(stageId);
  const decidable = task ?? decidableOf(stageId, timeline.data);

  const index = rows.items.findIndex((item) => item.stageId === stageId);
  const { open: decide, dialog } = useDecide(() => {
    const next = rows.items[index + 1] ?? rows.items[index - 1];
    open(next !== undefined && isWide ? next : null);
  });

  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    // In place of the list it is the page; beside it the list keeps the focus.
    if (!isWide) section.current?.focus({ preventScroll: true });
  }, [isWide]);

  function onKeyDown(event: KeyboardEvent): void {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (!(target instanceof Element) || target.closest('input, textarea, select, [role="dialog"]') !== null)
      return;
    const decision = decisionOfKey[key];
    const step = { j: 1, k: -1 }[key];
    const other = step === undefined || index === -1 ? undefined : rows.items[index + step];
    if (decision !== undefined && decidable !== undefined && standing.kind === 'mine')
      decide(decidable, decision);
    else if (key === 'Escape') {
      leave();
      document.querySelector<HTMLElement>('[role="grid"] tr[tabindex="0"]')?.focus();
    } else if (other !== undefined) open(other);
    else return;
    event.preventDefault();
  }

  const Heading = isWide ? 'h2' : 'h1';
  const error = stage.error ?? timeline.error;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it has the focus, and keys of its own
    <section
      ref={section}
      id="opened-stage"
      tabIndex={-1}
      aria-label={t('label')}
      onKeyDown={onKeyDown}
      className="flex min-w-0 flex-col gap-4 outline-none max-lg:pb-32 lg:sticky lg:top-[calc(var(--header-height)+1rem)] lg:max-h-[calc(100dvh-var(--header-height)-2rem)] lg:overflow-y-auto lg:rounded-lg lg:border lg:border-line lg:bg-canvas lg:p-4 focus-visible:outline-2 focus-visible:outline-accent"
    >
      <header className="flex items-start gap-2">
        {!isWide && (
          <IconButton label={t('back')} icon={<ArrowLeft aria-hidden className="size-5" />} onClick={leave} />
        )}
        <Heading className="min-w-0 flex-1 pt-1 text-xl font-semibold break-words">
          {decidable === undefined ? t('label') : `${decidable.siteCode}, ${decidable.siteName}`}
        </Heading>
        {isWide && (
          <IconButton label={t('close')} icon={<X aria-hidden className="size-4" />} onClick={leave} />
        )}
      </header>
      <StandingNote standing={standing} />
      {decidable !== undefined && standing.kind === 'mine' && (
        <DecisionButtons onDecide={(decision) => decide(decidable, decision)} />
      )}
      {error !== null && (
        <ErrorNote error={error}>
          <Button look="ghost" onClick={() => void (stage.error === null ? timeline : stage).refetch()}>
            {t('retry')}
          </Button>
        </ErrorNote>
      )}
      <StageFacts stageId={stageId} task={task} timeline={timeline.data} />
      {timeline.data === undefined ? (
        error === null && <PageLoading />
      ) : (
        <>
          <SubmissionPanels key={stageId} timeline={timeline.data} />
          <StageHistory timeline={timeline.data} />
        </>
      )}
      {dialog}
    </section>
  );
}

/** What a list knew of the stage when it was opened. */
function useKnownTask(stageId: string): InboxTask | undefined {
  const api = useWorkspace();
  const [known, setKnown] = useState(() => ({ stageId, task: knownTask(api, stageId) }));
  if (known.stageId !== stageId) setKnown({ stageId, task: knownTask(api, stageId) });
  return known.task;
}

function decidableOf(stageId: string, timeline: WorkflowTimeline | undefined): DecidableStage | undefined {
  const stage = timeline?.stages.find(({ id }) => id === stageId);
  if (timeline === undefined || stage === undefined) return undefined;
  const { id: workflowId, scopeCode, site } = timeline;
  const { stageNumber, roleCode } = stage;
  return {
    stageId,
    workflowId,
    stageNumber,
    roleCode,
    scopeCode,
    siteCode: site.siteCode,
    siteName: site.name,
  };
}

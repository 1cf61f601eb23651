import type { InboxTask, WorkflowTimeline } from '@apms/validators';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Fact, Facts } from '../../ui/facts.tsx';
import { textLinkLook } from '../../ui/text-link-look.ts';
import { Time } from '../../ui/time.tsx';
import { useValueText } from '../../ui/use-value-text.ts';
import { ValueBadge } from '../../ui/value-badge.tsx';
import { DueTime } from './due-time.tsx';

export interface StageFactsProps {
  readonly stageId: string;
  /** What the list knows; shown before anything else is there. */
  readonly task: InboxTask | undefined;
  readonly timeline: WorkflowTimeline | undefined;
}

/** What is to be decided, and under which configuration. */
export function StageFacts({ stageId, task, timeline }: StageFactsProps) {
  const t = useTranslations('inbox');
  const valueText = useValueText();
  const { workspace, can } = useWorkspace();
  const stage = timeline?.stages.find(({ id }) => id === stageId);
  const known = stage ?? task;
  const workflow = timeline ?? task;
  if (known === undefined || workflow === undefined) return null;
  const submission = task?.submission;
  const total = timeline?.totalStages ?? task?.totalStages ?? known.stageNumber;
  const version = timeline?.configVersion;
  return (
    <Facts>
      <Fact name={t('detail.scope')}>
        {workflow.scopeCode}, {valueText('AtpCategory', workflow.atpCategory)}
      </Fact>
      <Fact name={t('detail.seat')}>
        {known.roleCode} · {t('stage', { number: known.stageNumber, total })}
      </Fact>
      {known.slaDueAt !== null && (stage === undefined || stage.status === 'PENDING') && (
        <Fact name={t('detail.due')}>
          <DueTime slaDueAt={known.slaDueAt} slaBreachedAt={known.slaBreachedAt} />
        </Fact>
      )}
      {stage !== undefined && stage.status !== 'PENDING' && (
        <Fact name={t('detail.status')}>
          <ValueBadge set="WorkflowStageStatus" value={stage.status} />
        </Fact>
      )}
      {known.openedAt !== null && (
        <Fact name={t('detail.opened')}>
          <Time value={known.openedAt} format="relative" />
        </Fact>
      )}
      {workflow.vendorCode !== null && <Fact name={t('detail.vendor')}>{workflow.vendorCode}</Fact>}
      {submission !== undefined && submission !== null && (
        <Fact name={t('detail.submission')}>
          <Link
            className={textLinkLook}
            to="/w/$workspaceCode/submissions/$submissionId"
            params={{ workspaceCode: workspace.code, submissionId: submission.id }}
          >
            {t('detail.revision', {
              number: submission.submissionNumber,
              revision: submission.revisionNumber,
            })}
          </Link>
        </Fact>
      )}
      {version !== undefined && (
        <Fact name={t('detail.version')}>
          {can('config.read') ? (
            <Link
              className={textLinkLook}
              to="/w/$workspaceCode/configuration/$configVersionId"
              params={{ workspaceCode: workspace.code, configVersionId: version.id }}
            >
              {t('detail.versionName', { number: version.versionNumber })}
            </Link>
          ) : (
            t('detail.versionName', { number: version.versionNumber })
          )}
        </Fact>
      )}
      {task?.parallelWith.map(({ roleCode, approver, status }) => (
        <Fact key={roleCode} name={t('detail.beside', { roleCode })}>
          {approver?.name} <ValueBadge set="WorkflowStageStatus" value={status} />
        </Fact>
      ))}
    </Facts>
  );
}

import type { WorkflowTimeline } from '@apms/validators';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { textLinkLook } from '../../ui/text-link-look.ts';
import { Time } from '../../ui/time.tsx';
import { ValueBadge } from '../../ui/value-badge.tsx';
import { StageLog } from './stage-log.tsx';
import { type AskedOfStage, offersOfStage, type TimelineStage } from './stage-offers.ts';
import { StageOverrides } from './stage-overrides.tsx';

export interface StageCardProps {
  readonly stage: TimelineStage;
  /** The review that it is a stage of. */
  readonly workflow: WorkflowTimeline;
  readonly onAsk: (asked: AskedOfStage) => void;
}

/** A stage: whose it is, until when, how it was decided, and what was raised. */
export function StageCard({ stage, workflow, onAsk }: StageCardProps) {
  const t = useTranslations('workflows');
  const { can, me, workspace } = useWorkspace();
  const { decidedAt, slaDueAt, slaBreachedAt } = stage;
  const decider = stage.actions.find(({ actionType }) => actionType === stage.status)?.actor;
  return (
    <article aria-label={stage.roleName} className="rounded-lg border border-line p-3">
      <header className="mb-2 flex flex-wrap items-center gap-2">
        <h3 className="font-semibold">{stage.roleName}</h3>
        <ValueBadge set="WorkflowStageStatus" value={stage.status} />
        {slaBreachedAt !== null && <Badge tone="bad">{t('overdue')}</Badge>}
        {!stage.isRequired && <Badge>{t('optional')}</Badge>}
        {stage.status === 'PENDING' && stage.approver?.id === me.id && (
          <Badge tone="info">{t('yours')}</Badge>
        )}
      </header>
      <Facts>
        <Fact name={t('fields.approver')}>{stage.approver?.name ?? t('nobody')}</Fact>
        {decidedAt !== null && (
          <Fact name={t('fields.decided')}>
            {decider?.name} <Time value={decidedAt} />
          </Fact>
        )}
        {stage.openedAt !== null && (
          <Fact name={t('fields.opened')}>
            <Time value={stage.openedAt} />
          </Fact>
        )}
        {decidedAt === null && slaDueAt !== null && (
          <Fact name={t('fields.due')}>
            <Time value={slaDueAt} /> (<Time value={slaDueAt} format="relative" />)
          </Fact>
        )}
        {decidedAt === null && slaDueAt === null && (
          <Fact name={t('fields.time')}>{t('hours', { hours: stage.slaHours })}</Fact>
        )}
        {slaBreachedAt !== null && (
          <Fact name={t('fields.breached')}>
            <Time value={slaBreachedAt} />
          </Fact>
        )}
      </Facts>
      {stage.comment !== null && (
        <blockquote className="mt-3 border-l-2 border-line pl-3 break-words whitespace-pre-line">
          {stage.comment}
        </blockquote>
      )}
      {stage.punchlists.map((list) => (
        <p key={list.id} className="mt-3 flex flex-wrap items-center gap-2">
          <Link
            to="/w/$workspaceCode/punchlists/$punchlistId"
            params={{ workspaceCode: workspace.code, punchlistId: list.id }}
            className={textLinkLook}
          >
            {list.title}
          </Link>
          <ValueBadge set="PunchlistStatus" value={list.status} />
          <span className="text-sm text-quiet">
            {t('itemsClosed', {
              closed: list.items.filter(({ status }) => status === 'CLOSED').length,
              count: list.items.length,
            })}
          </span>
        </p>
      ))}
      <StageOverrides overrides={stage.overrides} />
      <StageLog actions={stage.actions} />
      <div className="mt-2 flex flex-wrap gap-2">
        {offersOfStage(stage, workflow, { id: me.id, can }).map((action) => (
          <Button
            key={action}
            look={action === 'decide' ? 'primary' : 'secondary'}
            onClick={() => onAsk({ stage, action })}
          >
            {t(`stageActions.${action}.label`)}
          </Button>
        ))}
      </div>
    </article>
  );
}

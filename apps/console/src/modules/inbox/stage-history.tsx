import type { WorkflowTimeline } from '@apms/validators';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Panel } from '../../ui/panel.tsx';
import { textLinkLook } from '../../ui/text-link-look.ts';
import { Time } from '../../ui/time.tsx';
import { useValueText } from '../../ui/use-value-text.ts';
import { ValueBadge } from '../../ui/value-badge.tsx';
import { ActionDocuments } from '../documents/action-documents.tsx';

/** The stages of the workflow: who decided what when, and what they said. */
export function StageHistory({ timeline }: { readonly timeline: WorkflowTimeline }) {
  const t = useTranslations('inbox.detail');
  const { workspace } = useWorkspace();
  return (
    <Panel
      title={t('stages')}
      actions={
        <Link
          className={textLinkLook}
          to="/w/$workspaceCode/workflows/$workflowId"
          params={{ workspaceCode: workspace.code, workflowId: timeline.id }}
        >
          {t('timeline')}
        </Link>
      }
    >
      <ol className="flex flex-col divide-y divide-line">
        {timeline.stages.map((stage) => (
          <li key={stage.id} className="flex flex-col gap-1.5 py-2">
            <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
              <span className="font-medium">
                {stage.stageNumber}. {stage.roleCode}
              </span>
              <span className="min-w-0 flex-1">{stage.approver?.name}</span>
              <ValueBadge set="WorkflowStageStatus" value={stage.status} />
              {stage.decidedAt !== null && (
                <span className="text-sm text-quiet">
                  <Time value={stage.decidedAt} />
                </span>
              )}
            </div>
            <Remarks stage={stage} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

/** What was said about a stage, and the files that came with it. */
function Remarks({ stage: { actions } }: { readonly stage: WorkflowTimeline['stages'][number] }) {
  const valueText = useValueText();
  const said = actions.filter(({ comment, documents }) => comment !== null || documents.length > 0);
  if (said.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1.5 border-l-2 border-line pl-3 text-sm">
      {said.map(({ id, actionType, actor, comment, documents }) => (
        <li key={id}>
          <span className="text-quiet">
            {valueText('StageActionType', actionType)}
            {actor === null ? '' : `, ${actor.name}`}
          </span>
          {comment !== null && <p className="break-words whitespace-pre-line">{comment}</p>}
          <ActionDocuments documents={documents} />
        </li>
      ))}
    </ul>
  );
}

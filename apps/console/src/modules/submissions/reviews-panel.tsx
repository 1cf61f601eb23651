import type { SubmissionDetails } from '@apms/validators';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Panel } from '../../ui/panel.tsx';
import { textLinkLook } from '../../ui/text-link-look.ts';
import { Time } from '../../ui/time.tsx';
import { ValueBadge } from '../../ui/value-badge.tsx';

/** Every review of the submission, the present one first. */
export function ReviewsPanel({ submission }: { readonly submission: SubmissionDetails }) {
  const t = useTranslations('submissions');
  const { workspace } = useWorkspace();
  const { workflows } = submission;
  return (
    <Panel title={t('reviews')}>
      {workflows.length === 0 ? (
        <p className="text-quiet">{t('noReviews')}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {workflows.toReversed().map((workflow, index) => (
            <li key={workflow.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
              <Link
                to="/w/$workspaceCode/workflows/$workflowId"
                params={{ workspaceCode: workspace.code, workflowId: workflow.id }}
                className={textLinkLook}
              >
                {t('review', { number: workflows.length - index })}
              </Link>
              <ValueBadge set="WorkflowStatus" value={workflow.status} />
              <span className="text-sm text-quiet">
                {t('progress', { stage: workflow.currentStageNumber, total: workflow.totalStages })}
              </span>
              <span className="text-sm text-quiet">
                <Time value={workflow.startedAt} />
                {workflow.completedAt !== null && (
                  <>
                    {' – '}
                    <Time value={workflow.completedAt} />
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

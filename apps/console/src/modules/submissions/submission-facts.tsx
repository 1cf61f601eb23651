import type { SubmissionDetails } from '@apms/validators';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Panel } from '../../ui/panel.tsx';
import { textLinkLook } from '../../ui/text-link-look.ts';
import { Time } from '../../ui/time.tsx';
import { ValueText } from '../../ui/value-text.tsx';

/** What was submitted, and where it stands. */
export function SubmissionFacts({ submission }: { readonly submission: SubmissionDetails }) {
  const t = useTranslations('submissions');
  const { workspace } = useWorkspace();
  return (
    <Panel title={t('facts')}>
      <Facts>
        <Fact name={t('fields.site')}>
          <Link
            to="/w/$workspaceCode/sites"
            params={{ workspaceCode: workspace.code }}
            search={{ search: submission.siteCode }}
            className={textLinkLook}
          >
            {submission.siteCode}
          </Link>{' '}
          {submission.siteName}
        </Fact>
        <Fact name={t('fields.scope')}>{submission.scopeName}</Fact>
        <Fact name={t('fields.category')}>
          <ValueText set="AtpCategory" value={submission.atpCategory} />
        </Fact>
        <Fact name={t('fields.vendor')}>{submission.vendorName ?? t('noVendor')}</Fact>
        <Fact name={t('fields.creator')}>{submission.submittedByName}</Fact>
        <Fact name={t('fields.created')}>
          <Time value={submission.createdAt} />
        </Fact>
        <Fact name={t('fields.submitted')}>
          {submission.submittedAt === null ? t('notSubmitted') : <Time value={submission.submittedAt} />}
        </Fact>
        {submission.completedAt !== null && (
          <Fact name={t('fields.completed')}>
            <Time value={submission.completedAt} />
          </Fact>
        )}
        {submission.status !== 'IN_REVIEW' && submission.resumeStageNumber !== null && (
          <Fact name={t('fields.resumesAt')}>{t('stage', { number: submission.resumeStageNumber })}</Fact>
        )}
      </Facts>
    </Panel>
  );
}

import type { WorkflowTimeline } from '@apms/validators';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Panel } from '../../ui/panel.tsx';
import { textLinkLook } from '../../ui/text-link-look.ts';
import { Time } from '../../ui/time.tsx';
import { ValueText } from '../../ui/value-text.tsx';
import { ConfigVersionLink } from './config-version-link.tsx';

/** What is reviewed, and by which rules. */
export function WorkflowFacts({ timeline }: { readonly timeline: WorkflowTimeline }) {
  const t = useTranslations('workflows');
  const { configVersion } = timeline;
  return (
    <Panel title={t('facts')}>
      <Facts>
        {timeline.submissionId !== null && (
          <Fact name={t('fields.submission')}>
            <SubmissionLink submissionId={timeline.submissionId} />
          </Fact>
        )}
        <Fact name={t('fields.scope')}>
          {timeline.scopeCode} · <ValueText set="AtpCategory" value={timeline.atpCategory} />
        </Fact>
        <Fact name={t('fields.vendor')}>{timeline.vendorCode ?? t('noVendor')}</Fact>
        <Fact name={t('fields.policy')}>
          {timeline.policyCode}
          <span className="block text-sm text-quiet">
            {t(`matchedBy.${timeline.matchedBy ?? 'UNKNOWN'}`)}
          </span>
        </Fact>
        <Fact name={t('fields.version')}>
          <ConfigVersionLink configVersion={configVersion} />{' '}
          <span className="text-sm text-quiet">
            (<ValueText set="ConfigVersionStatus" value={configVersion.status} />)
          </span>
          <span className="block text-sm text-quiet">
            {t('imported', { file: configVersion.sourceFileName, name: configVersion.importedBy.name })}{' '}
            <Time value={configVersion.importedAt} />
          </span>
        </Fact>
        <Fact name={t('fields.started')}>
          <Time value={timeline.startedAt} />
        </Fact>
        {timeline.completedAt !== null && (
          <Fact name={t('fields.ended')}>
            <Time value={timeline.completedAt} />
          </Fact>
        )}
      </Facts>
    </Panel>
  );
}

function SubmissionLink({ submissionId }: { readonly submissionId: string }) {
  const t = useTranslations('workflows');
  const { trpc, workspace } = useWorkspace();
  const { data } = useQuery(trpc.submissions.get.queryOptions({ submissionId }));
  return (
    <Link
      to="/w/$workspaceCode/submissions/$submissionId"
      params={{ workspaceCode: workspace.code, submissionId }}
      className={textLinkLook}
    >
      {data?.submissionNumber ?? t('toSubmission')}
    </Link>
  );
}

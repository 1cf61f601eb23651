import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useFormatter, useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { BackLink } from '../../ui/back-link.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Panel } from '../../ui/panel.tsx';
import { textLinkLook } from '../../ui/text-link-look.ts';
import { AuditFacts } from './audit-facts.tsx';
import { latestAuditQuery } from './audits-query.ts';
import { FindingsPanel } from './findings-panel.tsx';

/** One audit: what it found, and where that can be mended. */
export function AuditPage({ auditId }: { readonly auditId: string }) {
  const t = useTranslations('integrity');
  const formatter = useFormatter();
  const api = useWorkspace();
  const { trpc, workspace } = api;
  const { data: audit } = useSuspenseQuery(trpc.integrityAudits.get.queryOptions({ auditId }));
  const { data: latest } = useSuspenseQuery(latestAuditQuery(api));
  const params = { workspaceCode: workspace.code };
  const time = formatter.dateTime(new Date(audit.startedAt), { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <>
      <BackLink to="/w/$workspaceCode/integrity" params={params}>
        {t('back')}
      </BackLink>
      <PageHeader title={t('audit.title', { time })} />
      {latest !== null && latest.id !== audit.id && (
        <p className="mb-4 rounded-md bg-info-soft p-3 text-sm">
          {t('health.newer')}{' '}
          <Link
            to="/w/$workspaceCode/integrity/$auditId"
            params={{ ...params, auditId: latest.id }}
            className={textLinkLook}
          >
            {t('health.newerLink')}
          </Link>
        </p>
      )}
      <div className="flex flex-col gap-5">
        <Panel title={t('health.state')}>
          <AuditFacts audit={audit} />
        </Panel>
        <FindingsPanel auditId={auditId} />
      </div>
    </>
  );
}

import type { DeploymentReport } from '@apms/validators';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { BackLink } from '../../ui/back-link.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Panel } from '../../ui/panel.tsx';
import { BackupPanel } from './backup-panel.tsx';
import { ChecksPanel } from './checks-panel.tsx';
import { HooksPanel } from './hooks-panel.tsx';
import { LocksPanel } from './locks-panel.tsx';
import { MigrationsPanel } from './migrations-panel.tsx';
import { ReportFacts } from './report-facts.tsx';
import { ReportFindingsPanel } from './report-findings-panel.tsx';
import { ReportOrphansPanel } from './report-orphans-panel.tsx';
import { RollbackPanel } from './rollback-panel.tsx';
import { RowsPanel } from './rows-panel.tsx';
import { StepsPanel } from './steps-panel.tsx';
import { TextPanel } from './text-panel.tsx';
import { VerdictBanner } from './verdict-banner.tsx';

export interface DeploymentPageProps {
  readonly target: string;
  readonly deploymentId: string;
}

/** One deployment: the report of the deploy tool, in its order and its words. */
export function DeploymentPage({ target, deploymentId }: DeploymentPageProps) {
  const t = useTranslations('deployments');
  const { trpc, workspace } = useWorkspace();
  const { data: report } = useSuspenseQuery(trpc.deployments.report.queryOptions({ target, deploymentId }));
  const { failure, warnings, rollback, orphans, migrations, checks, findings, rowCounts, backup, hooks } =
    report;
  return (
    <>
      <BackLink
        to="/w/$workspaceCode/deployments"
        params={{ workspaceCode: workspace.code }}
        search={{ target }}
      >
        {t('back')}
      </BackLink>
      <PageHeader title={`${target}, ${deploymentId}`} />
      <div className="flex flex-col gap-5">
        <VerdictBanner report={report} />
        <Panel title={t('facts.deployment')}>
          <ReportFacts report={report} />
        </Panel>
        <TextPanel
          title={t('sections.failure')}
          lines={failure === null ? [] : [failure.message]}
          isMessage
        />
        <Recovery recovered={report.recovered} />
        <Decision report={report} />
        <TextPanel title={t('sections.warnings')} lines={warnings} />
        <RollbackPanel rollback={rollback} />
        <ReportOrphansPanel orphans={orphans} />
        <StepsPanel report={report} />
        <MigrationsPanel migrations={migrations} />
        <LocksPanel report={report} />
        <ChecksPanel checks={checks} />
        <ReportFindingsPanel findings={findings} />
        <RowsPanel rowCounts={rowCounts} />
        <BackupPanel backup={backup} />
        <HooksPanel hooks={hooks} />
      </div>
    </>
  );
}

/** Whose end of the run this is, where its own process did not come to it. */
function Recovery({ recovered }: Pick<DeploymentReport, 'recovered'>) {
  const t = useTranslations('deployments');
  if (recovered === null) return null;
  const { during, by } = recovered;
  const when = during === null ? t('recovery.between') : t('recovery.during', { step: during });
  return (
    <TextPanel title={t('sections.recovery')} lines={[`${when} ${t('recovery.by', { by })}`]} isMessage />
  );
}

/** What the gate decided, and why; a mere GO is in the verdict. */
function Decision({ report: { decision, reasons, acceptedHold } }: { readonly report: DeploymentReport }) {
  const t = useTranslations('deployments');
  if (decision === null || decision === 'GO') return null;
  const accepted = acceptedHold === null ? [] : [t('decision.accepted', { reason: acceptedHold })];
  return <TextPanel title={`${t('sections.decision')}: ${decision}`} lines={[...accepted, ...reasons]} />;
}

import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Play, ShieldCheck } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button, buttonLooks } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Panel } from '../../ui/panel.tsx';
import { AuditFacts } from './audit-facts.tsx';
import { AuditHistory } from './audit-history.tsx';
import { type AuditFilters, latestAuditQuery } from './audits-query.ts';
import { FindingsPanel } from './findings-panel.tsx';
import { RunNote } from './run-note.tsx';
import { TrendPanel } from './trend-panel.tsx';
import type { TrendChoice } from './trend-query.ts';
import { useRunAudit } from './use-run-audit.ts';

/** What of the page is in its address. */
export interface IntegritySearch extends AuditFilters, TrendChoice {}

export interface IntegrityPageProps {
  readonly search: IntegritySearch;
  readonly onSearch: (changed: IntegritySearch) => void;
}

/** How sound the references of the database are, now and before. */
export function IntegrityPage({ search, onSearch }: IntegrityPageProps) {
  const t = useTranslations('integrity');
  const api = useWorkspace();
  const { can, workspace } = api;
  const navigate = useNavigate();
  const { data: latest } = useSuspenseQuery(latestAuditQuery(api));
  const audit = useRunAudit();
  const { period, bucket, ...filters } = search;
  const params = { workspaceCode: workspace.code };
  const run = can('integrity.run') && (
    <Button
      look="primary"
      icon={<Play aria-hidden className="size-4" />}
      isBusy={audit.isRunning}
      onClick={audit.run}
    >
      {t('run.action')}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t('title')}
        about={t('about')}
        actions={
          <>
            {can('settings.read') && (
              <Link
                to="/w/$workspaceCode/settings"
                params={params}
                hash="alerts"
                className={buttonLooks.ghost}
              >
                {t('alertSettings')}
              </Link>
            )}
            {can('integrity.remediate') && (
              <Link
                to="/w/$workspaceCode/integrity/quarantine"
                params={params}
                className={buttonLooks.secondary}
              >
                {t('quarantineLink')}
              </Link>
            )}
            {latest !== null && run}
          </>
        }
      />
      <RunNote audit={audit} />
      {latest === null ? (
        <EmptyState
          icon={ShieldCheck}
          title={t('empty.title')}
          text={`${t('empty.text')}${run === false ? ` ${t('empty.mayNot')}` : ''}`}
          action={run}
        />
      ) : (
        <div className="flex flex-col gap-5">
          <Panel
            title={t('health.title')}
            actions={
              <Link
                to="/w/$workspaceCode/integrity/$auditId"
                params={{ ...params, auditId: latest.id }}
                className={buttonLooks.ghost}
              >
                {t('health.open')}
              </Link>
            }
          >
            <AuditFacts audit={latest} />
          </Panel>
          <FindingsPanel auditId={latest.id} />
          <TrendPanel choice={{ period, bucket }} onChoose={onSearch} />
          <AuditHistory
            filters={filters}
            onFilter={onSearch}
            onOpen={({ id }) =>
              void navigate({
                to: '/w/$workspaceCode/integrity/$auditId',
                params: { ...params, auditId: id },
              })
            }
          />
        </div>
      )}
    </>
  );
}

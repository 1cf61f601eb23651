import {
  IntegrityAudit,
  IntegrityAuditPage,
  IntegrityAuditRef,
  IntegrityFindings,
  IntegrityTrend,
  IntegrityTrendInput,
  ListIntegrityAudits,
  ListQuarantinedRows,
  PreviewRemediation,
  QuarantinedRowPage,
  RemediateOrphans,
  Remediation,
  RemediationPreview,
  RestoredRows,
  RestoreQuarantinedRows,
} from '@apms/validators';
import { rest } from '../../rest.ts';
import { permit, router } from '../../trpc.ts';
import { auditTrend } from './audit-trend.ts';
import { getAudit } from './get-audit.ts';
import { listAudits } from './list-audits.ts';
import { listFindings } from './list-findings.ts';
import { listQuarantinedRows } from './list-quarantined-rows.ts';
import { previewRemediation } from './preview-remediation.ts';
import { remediateOrphans } from './remediate-orphans.ts';
import { restoreRows } from './restore-rows.ts';
import { runAudit } from './run-audit.ts';

export const integrityAuditsRouter = router({
  run: permit('integrity.run')
    .meta(rest('POST', '/integrity-audits', 'Look for orphans in the whole database, now'))
    .output(IntegrityAudit)
    .mutation(({ ctx }) => runAudit(ctx)),

  history: permit('integrity.read')
    .meta(rest('GET', '/integrity-audits', 'Runs of the integrity audit, the newest first, page by page'))
    .input(ListIntegrityAudits)
    .output(IntegrityAuditPage)
    .query(({ ctx, input }) => listAudits(ctx, input)),

  get: permit('integrity.read')
    .meta(rest('GET', '/integrity-audits/{auditId}', 'One run'))
    .input(IntegrityAuditRef)
    .output(IntegrityAudit)
    .query(({ ctx, input }) => getAudit(ctx, input)),

  trend: permit('integrity.read')
    .meta(rest('GET', '/integrity-trend', 'What runs found over a period, by hour or day'))
    .input(IntegrityTrendInput)
    .output(IntegrityTrend)
    .query(({ ctx, input }) => auditTrend(ctx, input)),

  orphans: permit('integrity.read')
    .meta(rest('GET', '/integrity-audits/{auditId}/orphans', 'What a run found, foreign key by foreign key'))
    .input(IntegrityAuditRef)
    .output(IntegrityFindings)
    .query(({ ctx, input }) => listFindings(ctx, input)),

  preview: permit('integrity.remediate')
    .meta(
      rest('GET', '/integrity-orphans/{constraintName}', 'Orphans of this workspace, and what can be done'),
    )
    .input(PreviewRemediation)
    .output(RemediationPreview)
    .query(({ ctx, input }) => previewRemediation(ctx, input)),

  remediate: permit('integrity.remediate')
    .meta(rest('POST', '/integrity-audits/{auditId}/remediations', 'Move orphans aside, or link them anew'))
    .input(RemediateOrphans)
    .output(Remediation)
    .mutation(({ ctx, input }) => remediateOrphans(ctx, input)),

  quarantined: permit('integrity.remediate')
    .meta(rest('GET', '/quarantined-rows', 'Rows of this workspace that were moved aside'))
    .input(ListQuarantinedRows)
    .output(QuarantinedRowPage)
    .query(({ ctx, input }) => listQuarantinedRows(ctx, input)),

  restore: permit('integrity.remediate')
    .meta(rest('POST', '/quarantined-rows/restorations', 'Bring rows back that were moved aside'))
    .input(RestoreQuarantinedRows)
    .output(RestoredRows)
    .mutation(({ ctx, input }) => restoreRows(ctx, input)),
});

import {
  DeploymentId,
  type DeploymentPage,
  type DeploymentReport,
  type DeploymentSummary,
  type ListDeployments,
  type Produced,
} from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';

/** What was deployed to a target, the newest first. @throws {AppError} CURSOR_INVALID */
export async function listDeployments(
  { services }: WorkspaceContext,
  { target, limit, cursor }: ListDeployments,
): Promise<Produced<typeof DeploymentPage>> {
  const before = cursor === undefined ? null : readCursor(cursor);
  const { reports, unreadable, nextBefore } = await services.deployments.list(target, { before, limit });
  const nextCursor = nextBefore === null ? null : Buffer.from(nextBefore).toString('base64url');
  return { items: reports.map(summaryOf), unreadable, nextCursor };
}

function summaryOf(report: DeploymentReport): DeploymentSummary {
  const { id, target, startedAt, finishedAt, durationMs, outcome, decision, by, commit, lockedMs } = report;
  return {
    id,
    target,
    startedAt,
    finishedAt,
    durationMs,
    outcome,
    decision,
    by,
    commit,
    lockedMs,
    migrations: report.migrations.map(({ name }) => name),
    backupId: report.backup?.id ?? null,
    failure: report.failure?.code ?? null,
  };
}

function readCursor(cursor: string): string {
  const id = DeploymentId.safeParse(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (!id.success) throw new AppError({ code: 'CURSOR_INVALID' });
  return id.data;
}

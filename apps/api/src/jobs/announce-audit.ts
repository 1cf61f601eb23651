import { newId } from '@apms/db';
import type { OrphanSeverity } from '@apms/validators';
import type { FastifyBaseLogger } from 'fastify';
import type { PoolClient } from 'pg';
import type { StoredAudit } from '../modules/integrity-audits/integrity-auditor.ts';
import { StoredResults } from '../modules/integrity-audits/stored-results.ts';
import { addAlerts } from './add-alerts.ts';
import type { Alert } from './alert.ts';
import { noteworthy, whatIsNew } from './audit-news.ts';
import type { JobQueue } from './job-queue.ts';

export interface AnnouncementDependencies {
  readonly queue: JobQueue;
  readonly log: Pick<FastifyBaseLogger, 'error'>;
}

/**
 * Tells every workspace that wants alerts when an audit found something else than the one before it, of what it wants to
 * be told, and once when that is well again; in the transaction that stores the audit. Only keys and counts are told, for the rows may be anybody's.
 */
export async function announceAudit(
  { queue, log }: AnnouncementDependencies,
  client: PoolClient,
  stored: StoredAudit,
): Promise<void> {
  try {
    await queue.open();
  } catch (error) {
    // Nothing was sent in the transaction yet: the audit is worth storing even if nobody can be told.
    log.error({ err: error, auditId: stored.auditId }, 'an audit could not be announced');
    return;
  }
  const { rows } = await client.query<{ results: unknown }>(
    'select results from data_integrity_audit_log where id <> $1 order by started_at desc, id desc limit 1',
    [stored.auditId],
  );
  const before = rows[0] === undefined ? [] : StoredResults.parse(rows[0].results).findings;
  const now = stored.audit.findings.map(({ foreignKey: { name, table, severity }, count }) => ({
    name,
    table,
    severity,
    count,
  }));
  if (whatIsNew(before, now) === null) return;
  const id = newId();
  const { auditId } = stored;
  await addAlerts(client, queue, null, (workspaceId, thresholds) => {
    const findings = noteworthy(now, thresholds);
    const news = whatIsNew(noteworthy(before, thresholds), findings);
    if (news === null) return null;
    return news === 'healthy'
      ? healthyAlert(id, workspaceId, { auditId, left: now.length })
      : unhealthyAlert(id, workspaceId, { auditId, findings });
  });
}

interface Finding {
  readonly name: string;
  readonly table: string;
  readonly severity: OrphanSeverity;
  readonly count: number;
}

function unhealthyAlert(
  id: string,
  workspaceId: string,
  { auditId, findings }: { readonly auditId: string; readonly findings: readonly Finding[] },
): Alert {
  const orphans = findings.reduce((sum, { count }) => sum + count, 0);
  const isCritical = findings.some(({ severity }) => severity === 'CRITICAL');
  const lines = findings.map(
    ({ name, table, severity, count }) => `- ${severity} ${name} of ${table}: ${count}`,
  );
  return {
    id,
    kind: 'integrityUnhealthy',
    workspaceId,
    subject: `${isCritical ? 'CRITICAL: ' : ''}${orphans} orphaned rows in the database`,
    text: `${[
      'The integrity audit found rows whose reference leads nowhere, in the whole database:',
      '',
      ...lines,
      '',
      `Audit ${auditId}. What to do: docs/runbooks/integrity.md`,
    ].join('\n')}\n`,
    facts: {
      auditId,
      health: isCritical ? 'CRITICAL' : 'WARNING',
      orphans,
      findings: findings.map(({ name, ...finding }) => ({ constraintName: name, ...finding })),
    },
  };
}

/** What is left is less than the workspace wants to be told of. */
function healthyAlert(
  id: string,
  workspaceId: string,
  { auditId, left }: { readonly auditId: string; readonly left: number },
): Alert {
  if (left > 0) {
    return {
      id,
      kind: 'integrityHealthy',
      workspaceId,
      subject: 'The database has fewer orphaned rows than you are told of',
      text: `The integrity audit found orphaned rows, but none, or fewer, of those that this workspace is told of.\n\nAudit ${auditId}.\n`,
      facts: { auditId, health: 'BELOW_THRESHOLD' },
    };
  }
  return {
    id,
    kind: 'integrityHealthy',
    workspaceId,
    subject: 'The database is healthy again',
    text: `The integrity audit found no orphaned rows any more.\n\nAudit ${auditId}.\n`,
    facts: { auditId, health: 'HEALTHY' },
  };
}

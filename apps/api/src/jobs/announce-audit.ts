import { newId } from '@apms/db';
import type { OrphanAudit } from '@apms/validators';
import type { FastifyBaseLogger } from 'fastify';
import type { PoolClient } from 'pg';
import type { StoredAudit } from '../modules/integrity-audits/integrity-auditor.ts';
import { StoredResults } from '../modules/integrity-audits/stored-results.ts';
import { addAlerts } from './add-alerts.ts';
import type { Alert } from './alert.ts';
import { whatIsNew } from './audit-news.ts';
import type { JobQueue } from './job-queue.ts';

export interface AnnouncementDependencies {
  readonly queue: JobQueue;
  readonly log: Pick<FastifyBaseLogger, 'error'>;
}

/**
 * Tells every workspace that wants alerts when an audit found something else than the one before it, and once when all
 * is well again; in the transaction that stores the audit. Only keys and counts are told, for the rows may be anybody's.
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
  const now = stored.audit.findings.map(({ foreignKey: { name }, count }) => ({ name, count }));
  const news = whatIsNew(before, now);
  if (news === null) return;
  const id = newId();
  await addAlerts(client, queue, null, (workspaceId) =>
    news === 'healthy'
      ? healthyAlert(id, workspaceId, stored.auditId)
      : unhealthyAlert(id, workspaceId, stored.auditId, stored.audit),
  );
}

function unhealthyAlert(id: string, workspaceId: string, auditId: string, { findings }: OrphanAudit): Alert {
  const orphans = findings.reduce((sum, { count }) => sum + count, 0);
  const isCritical = findings.some(({ foreignKey }) => foreignKey.severity === 'CRITICAL');
  const lines = findings.map(
    ({ foreignKey: { name, table, severity }, count }) => `- ${severity} ${name} of ${table}: ${count}`,
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
      findings: findings.map(({ foreignKey: { name, table, severity }, count }) => ({
        constraintName: name,
        table,
        severity,
        count,
      })),
    },
  };
}

function healthyAlert(id: string, workspaceId: string, auditId: string): Alert {
  return {
    id,
    kind: 'integrityHealthy',
    workspaceId,
    subject: 'The database is healthy again',
    text: `The integrity audit found no orphaned rows any more.\n\nAudit ${auditId}.\n`,
    facts: { auditId, health: 'HEALTHY' },
  };
}

import type { IntegrityHealth, IntegrityOrigin, OrphanAudit } from '@apms/validators';
import type { ClientBase } from 'pg';
import { newId } from '../new-id.ts';

/**
 * Records an orphan audit in `data_integrity_audit_log` and returns the record's id.
 * Clean keys are only counted; `results` holds what was found and what could not be looked at.
 */
export async function storeOrphanAudit(
  client: ClientBase,
  audit: OrphanAudit,
  { origin, requestedById }: { readonly origin: IntegrityOrigin; readonly requestedById?: string },
): Promise<string> {
  const id = newId();
  const orphans = audit.findings.reduce((sum, { count }) => sum + count, 0);
  const results = {
    findings: audit.findings.map(({ foreignKey: { name, table, severity }, count, sampleIds }) => ({
      name,
      table,
      severity,
      count,
      sampleIds,
    })),
    skipped: audit.skipped.map(({ name, table }) => ({ name, table })),
  };
  await client.query(
    `insert into data_integrity_audit_log
       (id, started_at, duration_ms, origin, checks_total, checks_failed, orphans_total, results, health, requested_by_id)
     values ($1, clock_timestamp() - make_interval(secs => $2::float8 / 1000), round($2::float8), $3, $4, $5, $6, $7, $8, $9)`,
    [
      id,
      audit.durationMs,
      origin,
      audit.checked,
      audit.findings.length,
      orphans,
      JSON.stringify(results),
      healthOf(audit),
      requestedById ?? null,
    ],
  );
  return id;
}

function healthOf({ findings }: OrphanAudit): IntegrityHealth {
  if (findings.some(({ foreignKey }) => foreignKey.severity === 'CRITICAL')) return 'CRITICAL';
  return findings.length > 0 ? 'WARNING' : 'HEALTHY';
}

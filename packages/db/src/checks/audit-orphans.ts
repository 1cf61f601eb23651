import type { ForeignKey, OrphanAudit, OrphanFinding } from '@apms/validators';
import type { ClientBase } from 'pg';
import type { OnKey } from './check.ts';
import { type OrphanQuery, planOrphanQueries } from './plan-orphan-queries.ts';
import { seesEveryRow } from './sees-every-row.ts';
import { withSettings } from './with-settings.ts';

/** Two connections without parallel workers beat one connection with them. */
export const orphanSettings = { max_parallel_workers_per_gather: '0', jit: 'off', work_mem: '64MB' };

/**
 * Counts the rows whose reference leads nowhere, for each of the given keys (which may come from another
 * database than the audited one), spread over the given connections to one database.
 * Columns count as MATCH SIMPLE does: a row with any NULL in the key refers to nothing.
 * Keys whose tables or columns do not exist are skipped.
 */
export async function auditOrphans(
  clients: readonly ClientBase[],
  foreignKeys: readonly ForeignKey[],
  onKey?: OnKey,
): Promise<OrphanAudit> {
  const [first] = clients;
  if (first === undefined) throw new TypeError('auditOrphans needs at least one connection');
  if (foreignKeys.length === 0) return { checked: 0, skipped: [], findings: [], durationMs: 0 };
  const startedAt = performance.now();
  const { queries, skipped } = await planOrphanQueries(first, foreignKeys);
  const tables = new Set(queries.flatMap(({ foreignKey: key }) => [key.table, key.referencedTable]));
  // Off turns rows that a policy would hide into an error instead of an audit that misses them.
  const rowSecurity = (await seesEveryRow(first, [...tables])) ? 'on' : 'off';
  const waiting = [...queries];
  const findings: OrphanFinding[] = [];
  let done = 0;
  const work = async (client: ClientBase): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      try {
        onKey?.(next.foreignKey.name, done, queries.length);
        const finding = await countOrphans(client, next);
        if (finding !== undefined) findings.push(finding);
        done += 1;
      } catch (error) {
        waiting.length = 0;
        throw error;
      }
    }
  };
  const outcomes = await Promise.allSettled(
    clients
      .slice(0, Math.max(1, queries.length))
      .map((client) =>
        withSettings(client, { ...orphanSettings, row_security: rowSecurity }, () => work(client)),
      ),
  );
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  onKey?.(null, done, queries.length);
  return {
    checked: queries.length,
    skipped,
    findings: findings.toSorted(bySeverityThenName),
    durationMs: performance.now() - startedAt,
  };
}

async function countOrphans(
  client: ClientBase,
  { foreignKey, quickSql }: OrphanQuery,
): Promise<OrphanFinding | undefined> {
  const { rows } = await client.query<{ count: string; sampleIds: string[] | null }>(quickSql);
  const count = Number(rows[0]?.count ?? 0);
  return count === 0 ? undefined : { foreignKey, count, sampleIds: rows[0]?.sampleIds ?? [] };
}

function bySeverityThenName(a: OrphanFinding, b: OrphanFinding): number {
  return (
    a.foreignKey.severity.localeCompare(b.foreignKey.severity) ||
    a.foreignKey.table.localeCompare(b.foreignKey.table) ||
    a.foreignKey.name.localeCompare(b.foreignKey.name)
  );
}

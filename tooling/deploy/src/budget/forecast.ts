import type { MeasuredStatement, TableForecast } from '@apms/validators';

/**
 * How long a transaction keeps others from each table: a lock is held from its statement to the commit, whatever else
 * runs meanwhile. How long somebody waits before the lock is granted is not in it: that is up to the lock time-out.
 * @param concludingMs from the last statement to the commit.
 */
export function forecast(statements: readonly MeasuredStatement[], concludingMs: number): TableForecast[] {
  const tables = new Map<string, TableForecast>();
  let untilCommitMs = concludingMs + statements.reduce((sum, { durationMs }) => sum + durationMs, 0);
  for (const { migration, line, durationMs, locks } of statements) {
    for (const { table, blocks } of locks) {
      if (blocks === 'schema changes') continue;
      const known = tables.get(table) ?? {
        table,
        writesBlockedMs: untilCommitMs,
        readsBlockedMs: 0,
        migration,
        line,
      };
      const readsBlockedMs = known.readsBlockedMs || (blocks === 'reads and writes' ? untilCommitMs : 0);
      tables.set(table, { ...known, readsBlockedMs });
    }
    untilCommitMs -= durationMs;
  }
  return [...tables.values()].toSorted((one, other) => other.writesBlockedMs - one.writesBlockedMs);
}

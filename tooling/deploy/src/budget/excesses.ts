import type { LockExcess, LockPhase } from '@apms/validators';

/** The tables that phases block for longer than the budget, the longest first, each with what takes longest of it. */
export function excesses(phases: readonly LockPhase[], maxLockMs: number): LockExcess[] {
  const found = phases.flatMap(({ statements, forecast }) =>
    forecast.flatMap((table) => {
      if (table.writesBlockedMs <= maxLockMs) return [];
      const from = statements.findIndex(
        ({ migration, line }) => migration === table.migration && line === table.line,
      );
      const [longest] = statements.slice(from).toSorted((one, other) => other.durationMs - one.durationMs);
      if (longest === undefined) return [];
      const { locks: _, ...statement } = longest;
      return [{ ...table, longest: statement }];
    }),
  );
  const byTable = new Map<string, LockExcess>();
  for (const excess of found) {
    const other = byTable.get(excess.table);
    if (other === undefined || excess.writesBlockedMs > other.writesBlockedMs)
      byTable.set(excess.table, excess);
  }
  return [...byTable.values()].toSorted((one, other) => other.writesBlockedMs - one.writesBlockedMs);
}

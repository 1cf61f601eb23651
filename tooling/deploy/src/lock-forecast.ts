import type { Applied } from './migrations/apply-error.ts';
import { formatDuration } from './report/format.ts';

/**
 * Warns when the rehearsal held its locks for longer than the target allows: clients that write to these tables will
 * wait about as long. Only locks that block reads or writes count.
 */
export function lockForecast(
  { lockedMs, runs }: Pick<Applied, 'lockedMs' | 'runs'>,
  maxLockMs: number,
): string[] {
  const locks = [...runs.values()].flatMap((run) => run.locks);
  const blocked = new Set(
    locks.filter(({ blocks }) => blocks !== 'schema changes').map(({ table }) => table),
  );
  if (lockedMs <= maxLockMs || blocked.size === 0) return [];
  const tables = [...blocked].toSorted().join(', ');
  return [
    `The rehearsal held blocking locks for ${formatDuration(lockedMs)}, longer than maxLockMs (${formatDuration(maxLockMs)}), on ${tables}.`,
  ];
}

import type { LockBudget, LockExcess } from '@apms/validators';
import { shortened } from '../lint/shortened.ts';
import { formatDuration } from '../report/format.ts';
import type { Obstacle } from '../sql/phases.ts';

const placeOf = ({ migration, line }: { migration: string; line: number | null }) =>
  [`${migration}/migration.sql`, line].filter((part) => part !== null).join(':');

/** Why migrations cannot be applied in phases. */
export function describeObstacle(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case 'kept-together': {
      const { file, startLine, text } = obstacle.statement;
      return `They cannot be applied in phases: ${placeOf({ migration: file, line: startLine })} (${shortened(text)}) holds for the whole of its transaction.`;
    }
    case 'nothing-alone':
      return 'They cannot be applied in phases: nothing in them can be committed by itself under weaker locks, as VALIDATE CONSTRAINT and CREATE INDEX CONCURRENTLY can.';
    case 'too-many':
      return `They cannot be applied in phases: of ${obstacle.statements} statements it is not worked out which need which.`;
  }
}

/** A table that would be blocked for too long: for how long, from which statement on, and by which most. */
export function describeExcess(excess: LockExcess, maxLockMs: number): string {
  const { table, writesBlockedMs, readsBlockedMs, longest } = excess;
  const what = readsBlockedMs > maxLockMs ? 'read or written' : 'written';
  const most =
    placeOf(longest) === placeOf(excess)
      ? `at ${placeOf(excess)} (${longest.statement})`
      : `from ${placeOf(excess)} on, ${formatDuration(longest.durationMs)} of it by ${placeOf(longest)} (${longest.statement})`;
  return `${table} could not be ${what} for ${formatDuration(writesBlockedMs)}, longer than maxLockMs (${formatDuration(maxLockMs)}): ${most}.`;
}

/** What phases do not help. */
export function describeStill(excess: LockExcess, maxLockMs: number): string {
  return `Phases do not help: even so, ${describeExcess(excess, maxLockMs)}`;
}

const SHOWN = 3;

/** The reasons for a HOLD: the tables that would be blocked for longest, and why it cannot be helped. */
export function describeExcesses({ excesses, maxLockMs, notPhased }: LockBudget): string[] {
  const sentences = excesses.slice(0, SHOWN).map((excess) => describeExcess(excess, maxLockMs));
  const more = excesses.slice(SHOWN).map(({ table }) => table);
  return [
    ...sentences,
    ...(more.length > 0 ? [`Likewise ${more.join(', ')}.`] : []),
    ...(excesses.length > 0 && notPhased !== null ? [notPhased] : []),
  ];
}

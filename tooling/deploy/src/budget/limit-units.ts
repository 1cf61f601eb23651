import type { LockPhase } from '@apms/validators';
import type { ExecutionUnit, Limits } from '../sql/arrange.ts';

/** However little of the budget is left for it, a lock is waited for as long as this. */
const SHORTEST_WAIT_MS = 20;
/** A wait that blocks nobody may last so many times longer. */
const PATIENT = 10;
/** So long it may take at most until a cancellation has arrived and the locks are gone. */
const CANCELLING_MS = 200;
/** Attempts make up for the shorter waits, but at most so many times. */
const MOST_ATTEMPTS = 10;

/**
 * The units with what keeps each within the budget. A request for a lock keeps others waiting from its beginning, not only
 * once it is granted: it may wait for half of what the work itself leaves of the budget, the other half being the
 * target's to be slower than the rehearsal. It is cancelled before the budget is used up: by what a cancellation takes, or
 * by that other half where this is less.
 */
export function limitUnits(
  units: readonly ExecutionUnit[],
  phases: readonly LockPhase[],
  settings: { maxLockMs: number; lockTimeoutMs: number; attempts: number },
): ExecutionUnit[] {
  return units.map((unit, index) =>
    unit.kind === 'alone' ? unit : { ...unit, limits: limitsOf(phases[index]?.forecast ?? [], settings) },
  );
}

function limitsOf(
  forecast: LockPhase['forecast'],
  { maxLockMs, lockTimeoutMs, attempts }: { maxLockMs: number; lockTimeoutMs: number; attempts: number },
): Limits {
  if (forecast.length === 0)
    return { lockTimeoutMs: lockTimeoutMs * PATIENT, attempts, allowedMs: undefined };
  const workMs = Math.max(...forecast.map(({ writesBlockedMs }) => writesBlockedMs));
  const half = Math.max(0, Math.floor((maxLockMs - workMs) / 2));
  const wait = Math.min(lockTimeoutMs, Math.max(SHORTEST_WAIT_MS, half));
  return {
    lockTimeoutMs: wait,
    attempts: attempts * Math.min(MOST_ATTEMPTS, Math.ceil(lockTimeoutMs / wait)),
    allowedMs: maxLockMs - Math.min(CANCELLING_MS, half),
  };
}

import type pg from 'pg';
import { blocksNobody, type PreparedInverse, runInverse, runInverses } from './inverses.ts';
import { type Patience, retryLocks, withLockTimeout } from './retry-locks.ts';

/** A wait that blocks nobody may last so many times longer. */
export const PATIENT = 10;
/** What has to be undone is tried so many times more often. */
const PERSISTENT = 4;

/**
 * Undoes what has been committed, the latest first. Each inverse is tried on its own, again and again, so that what others
 * wait for it is short.
 * @param at what is undone, for the error when locks are not to be had.
 * @throws {LOCK_TIMEOUT} and what the server says; what was undone until then stays undone.
 */
export async function undo(
  client: pg.Client,
  inverses: readonly PreparedInverse[],
  patience: Pick<Patience, 'lockTimeoutMs' | 'attempts' | 'blockers'>,
  { at, before }: { at: string; before: (summary: string) => void },
): Promise<void> {
  const attempts = patience.attempts * PERSISTENT;
  await runInverses(client, inverses, before, async (session, inverse) => {
    const lockTimeoutMs = patience.lockTimeoutMs * (blocksNobody(inverse) ? PATIENT : 1);
    await retryLocks(
      { lockTimeoutMs, attempts, blockers: patience.blockers },
      () => at,
      () => withLockTimeout(session, lockTimeoutMs, () => runInverse(session, inverse)),
    );
  });
}

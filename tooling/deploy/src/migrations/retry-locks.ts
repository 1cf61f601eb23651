import pRetry from 'p-retry';
import type pg from 'pg';
import { type Blocker, DeployError } from '../failure.ts';
import { databaseError, messageOf } from '../postgres.ts';
import { isLockConflict } from './send-part.ts';
import { Overdue } from './with-deadline.ts';

/** How long a session waits for a lock, and how often it tries. */
export interface Patience {
  lockTimeoutMs: number;
  attempts: number;
  /** Who was seen blocking the session; for the error when locks are not to be had. */
  blockers?: (() => Blocker[]) | undefined;
  /** Aborted when there is no point in trying again. */
  signal?: AbortSignal | undefined;
}

/**
 * Runs `work` again while locks are not to be had. Between attempts it waits, each time a little longer and never quite
 * the same, so that the application gets through.
 * @param at the migration that is being sent when an attempt fails.
 * @throws {LOCK_TIMEOUT, LOCK_BUDGET_EXCEEDED} after the last attempt; at once what else `work` throws.
 */
export async function retryLocks(
  { lockTimeoutMs, attempts, blockers, signal }: Patience,
  at: () => string,
  work: (attempt: number) => Promise<void>,
): Promise<void> {
  try {
    const unlessStopped = (attempt: number) => {
      signal?.throwIfAborted();
      return work(attempt);
    };
    // The signal is not for pRetry: it would give up an attempt that is still at work.
    await pRetry(unlessStopped, {
      retries: attempts - 1,
      minTimeout: 200,
      maxTimeout: 5_000,
      randomize: true,
      shouldRetry: ({ error }) => !signal?.aborted && (isLockConflict(error) || error instanceof Overdue),
    });
  } catch (error) {
    if (error instanceof Overdue) {
      const { allowedMs } = error;
      const facts = { migration: at(), attempts, allowedMs, blockers: blockers?.() ?? [] };
      throw new DeployError({ code: 'LOCK_BUDGET_EXCEEDED', ...facts }, { cause: error });
    }
    if (!isLockConflict(error)) throw error;
    const detail = databaseError(error)?.detail;
    throw new DeployError(
      {
        code: 'LOCK_TIMEOUT',
        migration: at(),
        attempts,
        lockTimeoutMs,
        problem:
          detail === undefined ? messageOf(error) : `${messageOf(error)} (${detail.replaceAll('\n', ' ')})`,
        blockers: blockers?.() ?? [],
      },
      { cause: error },
    );
  }
}

/** Runs `use` with a lock time-out for the session's statements outside a transaction. */
export async function withLockTimeout<T>(
  client: pg.Client,
  lockTimeoutMs: number,
  use: () => Promise<T>,
): Promise<T> {
  await client.query(`set lock_timeout = ${lockTimeoutMs}`);
  try {
    return await use();
  } finally {
    await client.query('set lock_timeout = 0').catch(() => undefined);
  }
}

import type { Pool, PoolClient } from 'pg';
import { AppError } from '../../errors.ts';

/** Connections that work, and the pool that they came from, by which the server is told to stop them. */
export interface Cancellable {
  readonly clients: readonly PoolClient[];
  readonly pool: Pool;
  /** Cancels them at once. */
  readonly signal: AbortSignal;
}

/** A statement that begins just after one was cancelled is cancelled by the next attempt. */
const RETRY_MS = 100;

/**
 * What `work` gives, unless it takes longer than the limit or is not wanted any more: then the server cancels its
 * statements.
 * @throws {AppError} TIMED_OUT
 */
export async function cancelAfter<T>(
  limitMs: number,
  { clients, pool, signal }: Cancellable,
  work: () => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const startedAt = performance.now();
  const pids = await Promise.all(clients.map(backendOf));
  let timer = setTimeout(cancel, limitMs);
  let isDone = false;

  function cancel(): void {
    // A server that does not take this word is noticed by the work's own statements.
    void pool
      .query('select pg_cancel_backend(pid) from unnest($1::int[]) pid', [pids])
      .catch(() => undefined)
      .finally(() => {
        if (!isDone) timer = setTimeout(cancel, RETRY_MS);
      });
  }

  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await work();
  } catch (cause) {
    if (signal.aborted || performance.now() - startedAt < limitMs) throw cause;
    throw new AppError({ code: 'TIMED_OUT' }, { cause });
  } finally {
    isDone = true;
    signal.removeEventListener('abort', cancel);
    clearTimeout(timer);
  }
}

async function backendOf(client: PoolClient): Promise<number | undefined> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]?.pid;
}

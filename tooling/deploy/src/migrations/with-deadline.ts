import { databaseError } from '../postgres.ts';

/** The work was cancelled because it would have taken longer than allowed; the same again may be quicker. */
export class Overdue extends Error {
  override readonly name = 'Overdue';
  readonly allowedMs: number;

  constructor(allowedMs: number, options?: { cause?: unknown }) {
    super(`cancelled after ${allowedMs} ms`, options);
    this.allowedMs = allowedMs;
  }
}

export interface Deadline {
  allowedMs: number;
  /** Cancels what the session is at; does nothing where it is at nothing. */
  cancel: () => Promise<void>;
}

const EVERY_MS = 20;

/**
 * Runs `use`, and cancels what its session is at when the time is over. `use` calls `inTime` before it does what cannot be
 * cancelled: from then on there is no deadline any more.
 * @throws {Overdue} when it was over before.
 */
export async function withDeadline<T>(
  deadline: Deadline | undefined,
  use: (inTime: () => Promise<void>) => Promise<T>,
): Promise<T> {
  if (deadline === undefined) return use(async () => undefined);
  const { allowedMs, cancel } = deadline;
  const end = performance.now() + allowedMs;
  let cancelling: Promise<void> | undefined;
  const timer = setInterval(() => {
    if (performance.now() >= end) cancelling = cancel().catch(() => undefined);
  }, EVERY_MS);
  const stop = async () => {
    clearInterval(timer);
    // What comes after it must not be cancelled in its stead.
    await cancelling;
  };
  try {
    return await use(async () => {
      await stop();
      if (cancelling !== undefined) throw new Overdue(allowedMs);
    });
  } catch (error) {
    await stop();
    if (cancelling === undefined || !isCancelled(error)) throw error;
    throw new Overdue(allowedMs, { cause: error });
  } finally {
    await stop();
  }
}

const QUERY_CANCELED = '57014';

function isCancelled(error: unknown): boolean {
  if (databaseError(error)?.code === QUERY_CANCELED) return true;
  return error instanceof Error && error.cause !== undefined && isCancelled(error.cause);
}

import type { WorkspaceDb } from '@apms/db';
import { AppError } from '../errors.ts';

/**
 * How long a call may go on. Whoever gives it up and whoever commits agree: a call that was answered TIMED_OUT has not
 * changed anything and will not, and one whose transaction is being committed is waited for.
 */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #onExpiry: ((reason: AppError) => void) | undefined;
  #isCommitting = false;

  constructor(limitMs: number) {
    this.#timer = setTimeout(() => this.giveUp(), limitMs);
  }

  /** Aborted when nobody waits for the call any more. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Nobody waits any more. A transaction that is being committed is not stopped by it. */
  giveUp(): void {
    if (this.#isCommitting) return;
    const reason = new AppError({ code: 'TIMED_OUT' });
    this.#controller.abort(reason);
    this.#onExpiry?.(reason);
  }

  /** The outcome of the work, or TIMED_OUT when it was given up before. */
  async outcomeOf<T>(work: Promise<T>): Promise<T> {
    try {
      return await new Promise((resolve, reject) => {
        this.#onExpiry = reject;
        work.then(resolve, reject);
      });
    } finally {
      clearTimeout(this.#timer);
    }
  }

  /** The same database, which begins nothing and commits nothing for a call that was given up. */
  guard(db: WorkspaceDb): WorkspaceDb {
    const { signal } = this.#controller;
    return {
      scope: db.scope,
      query: async (query, options) => {
        signal.throwIfAborted();
        return await db.query(query, options);
      },
      transaction: (work) =>
        db.transaction(async (tx) => {
          const result = await work({
            query: async (query) => {
              signal.throwIfAborted();
              return await tx.query(query);
            },
          });
          signal.throwIfAborted();
          this.#isCommitting = true;
          return result;
        }),
    };
  }
}

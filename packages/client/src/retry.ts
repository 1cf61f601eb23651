import { appErrorOf, isUnreachable } from './app-error.ts';

/** Failures after which the same call may succeed in a moment. */
const PASSING = new Set(['DATABASE_UNAVAILABLE', 'TRANSACTION_CONFLICT', 'RATE_LIMITED']);

/** What a call that failed is like. */
export interface FailedCall {
  readonly type: 'query' | 'mutation' | 'subscription';
  /** Whether the server can tell a repetition from a second call. */
  readonly hasIdempotencyKey: boolean;
  readonly error: unknown;
}

/**
 * Whether to send a call again. An answer that says "try again" was not carried out; without an answer nobody knows,
 * so a mutation is only repeated under its idempotency key.
 */
export function isRetryable({ type, hasIdempotencyKey, error }: FailedCall): boolean {
  const appError = appErrorOf(error);
  // The database may have been lost while it committed: that too is no answer.
  const isUnanswered = appError === null ? isUnreachable(error) : appError.code === 'DATABASE_UNAVAILABLE';
  if (isUnanswered) return type !== 'mutation' || hasIdempotencyKey;
  return appError !== null && PASSING.has(appError.code);
}

/** Full jitter below a limit that doubles: 200 ms, 400 ms … 5 s. */
export function retryDelayMs(attempt: number): number {
  return Math.random() * Math.min(200 * 2 ** (attempt - 1), 5_000);
}

import { LRUCache } from 'lru-cache';
import type { Attempt, AttemptLimiter } from './attempt-limiter.ts';

/** Whose password is tried, and from where. */
export interface SignInAttempt {
  readonly email: string;
  readonly address: string;
}

/** Slows down whoever guesses passwords, without letting them lock the owner out. */
export interface SignInGuard {
  /** Counts the attempt, whether there is such an account or not, and says whether it has to wait. */
  admit(attempt: SignInAttempt): Attempt;
  /** The password was right. */
  succeeded(attempt: SignInAttempt): void;
}

const MINUTE = 60;

/** Of one account from one address. */
const FROM_ONE = { window: 15 * MINUTE, max: 20 };

/** Of one account from all addresses together, for guesses that are spread over many. */
const FROM_ALL = { window: 60 * MINUTE, max: 200 };

/**
 * An address from which somebody signed in is held back by its own guesses only: guesses of others cannot keep them
 * out where they usually are.
 */
export function createSignInGuard(limiter: AttemptLimiter): SignInGuard {
  const usual = new LRUCache<string, true>({ max: 50_000 });
  return {
    admit: ({ email, address }) => {
      const pair = `${email} ${address}`;
      const fromOne = limiter.consume(`guesses ${pair}`, FROM_ONE);
      if (!fromOne.allowed || usual.has(pair)) return fromOne;
      return limiter.consume(`guesses ${email}`, FROM_ALL);
    },
    succeeded: ({ email, address }) => {
      const pair = `${email} ${address}`;
      usual.set(pair, true);
      limiter.forget(`guesses ${pair}`);
    },
  };
}

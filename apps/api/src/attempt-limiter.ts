import { LRUCache } from 'lru-cache';

export interface Attempt {
  readonly allowed: boolean;
  /** Seconds until there is another chance; null when allowed. */
  readonly retryAfter: number | null;
}

/** Counts attempts by whoever makes them, in this process. */
export interface AttemptLimiter {
  /** Counts one attempt; at most `max` are allowed within `window` seconds of the first. */
  consume(key: string, rule: { readonly window: number; readonly max: number }): Attempt;
  forget(key: string): void;
}

/** Remembers a bounded number of keys: a flood of new ones pushes out the oldest. */
export function createAttemptLimiter(): AttemptLimiter {
  const windows = new LRUCache<string, { count: number; readonly endsAt: number }>({ max: 50_000 });
  return {
    consume: (key, { window, max }) => {
      const now = Date.now();
      const known = windows.get(key);
      const current =
        known === undefined || known.endsAt <= now ? { count: 0, endsAt: now + window * 1000 } : known;
      if (current !== known) windows.set(key, current);
      if (current.count >= max) {
        return { allowed: false, retryAfter: Math.ceil((current.endsAt - now) / 1000) };
      }
      current.count += 1;
      return { allowed: true, retryAfter: null };
    },
    forget: (key) => windows.delete(key),
  };
}

import { LRUCache } from 'lru-cache';
import type { Person } from './context.ts';

/** The news that the cache lives by: it holds nothing while they do not arrive. */
export interface AccessNews {
  isListening(): boolean;
  onAccessChange(tell: (userIds: readonly string[] | null) => void): () => void;
}

/** Accounts by their credentials, for a moment. */
export interface AccessCache {
  get(credentialHash: string): Person | undefined;
  /**
   * Begins reading an account; what it gives keeps the account that was read, unless somebody's access changed
   * meanwhile: then it may already be out of date.
   */
  startReading(): (credentialHash: string, person: Person, expiresAt: Date | null) => void;
  /** Forgets these people at once, null for everybody. */
  forget(userIds: readonly string[] | null): void;
}

/** How long an account is believed without a look at the database, in ms. */
const BELIEVED_MS = 30_000;

export function createAccessCache(news: AccessNews): AccessCache {
  const people = new LRUCache<string, Person>({ max: 10_000, ttl: BELIEVED_MS });
  let changes = 0;

  function forget(userIds: readonly string[] | null): void {
    changes += 1;
    if (userIds === null) {
      people.clear();
      return;
    }
    const gone = new Set(userIds);
    for (const [hash, { userId }] of people.entries()) if (gone.has(userId)) people.delete(hash);
  }

  news.onAccessChange(forget);
  return {
    get: (hash) => (news.isListening() ? people.get(hash) : undefined),
    startReading: () => {
      const changesBefore = changes;
      return (hash, person, expiresAt) => {
        if (changes !== changesBefore || !news.isListening()) return;
        const leftMs = expiresAt === null ? BELIEVED_MS : expiresAt.getTime() - Date.now();
        if (leftMs > 0) people.set(hash, person, { ttl: Math.min(BELIEVED_MS, leftMs) });
      };
    },
    forget,
  };
}

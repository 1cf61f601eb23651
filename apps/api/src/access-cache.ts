import { LRUCache } from 'lru-cache';
import type { Person } from './person.ts';

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

interface Believed {
  readonly person: Person;
  readonly until: number;
}

/** How long an account is believed without a look at the database, in ms. */
const BELIEVED_MS = 30_000;

export function createAccessCache(news: AccessNews): AccessCache {
  const people = new LRUCache<string, Believed>({ max: 10_000 });
  let changes = 0;

  function forget(userIds: readonly string[] | null): void {
    changes += 1;
    if (userIds === null) {
      people.clear();
      return;
    }
    const gone = new Set(userIds);
    for (const [hash, { person }] of people.entries()) if (gone.has(person.userId)) people.delete(hash);
  }

  news.onAccessChange(forget);
  return {
    get: (hash) => {
      const believed = news.isListening() ? people.get(hash) : undefined;
      return believed !== undefined && believed.until > Date.now() ? believed.person : undefined;
    },
    startReading: () => {
      const changesBefore = changes;
      return (hash, person, expiresAt) => {
        if (changes !== changesBefore || !news.isListening()) return;
        const until = Math.min(Date.now() + BELIEVED_MS, expiresAt?.getTime() ?? Number.POSITIVE_INFINITY);
        people.set(hash, { person, until });
      };
    },
    forget,
  };
}

import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** What a client of the application does all the time. */
export interface Work {
  what: string;
  sql: string;
}

/** How long one statement of it took at most, and how many there were. */
export interface Waits extends Work {
  longestMs: number;
  statements: number;
}

const PAUSE_MS = 2;

/** Runs `use` while a client for each kind of work sends its statement again and again, each in a transaction of its own. */
export async function watchWaits<T>(
  url: string,
  work: readonly Work[],
  use: () => Promise<T>,
): Promise<{ result: T; waits: Waits[] }> {
  const done = new AbortController();
  const watching = work.map((one) => watch(url, one, done.signal));
  try {
    const result = await use();
    done.abort();
    return { result, waits: await Promise.all(watching) };
  } finally {
    done.abort();
    await Promise.allSettled(watching);
  }
}

async function watch(url: string, work: Work, signal: AbortSignal): Promise<Waits> {
  // It looks for locks; waiting for the disk as well would be another matter.
  const client = new pg.Client({ connectionString: url, options: '-c synchronous_commit=off' });
  await client.connect();
  const waits: Waits = { ...work, longestMs: 0, statements: 0 };
  try {
    while (!signal.aborted) {
      const startedAt = performance.now();
      await client.query(work.sql);
      waits.longestMs = Math.max(waits.longestMs, performance.now() - startedAt);
      waits.statements += 1;
      await sleep(PAUSE_MS);
    }
  } finally {
    await client.end();
  }
  return waits;
}

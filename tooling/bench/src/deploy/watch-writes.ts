import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

/** What a client that writes all the time met with. */
export interface WriteWatch {
  /** The longest time from one write that went through to the next, in milliseconds. */
  readonly longestWaitMs: number;
  /** When writes went through, by the server's clock, in milliseconds since 1970. */
  readonly writtenAt: readonly number[];
}

const PAUSE_MS = 5;

/** A row of a table that nearly every migration locks, because nearly every other table refers to it. */
const WRITE = `
  update workspaces set updated_at = clock_timestamp() where id = (select id from workspaces order by id limit 1)
  returning extract(epoch from clock_timestamp())::float8 * 1000 as at`;

/**
 * Runs `work` while a client writes to the database without pause, reconnecting when it is thrown out; what the client
 * sees is what an application would.
 */
export async function watchWrites<T>(
  url: string,
  work: () => Promise<T>,
): Promise<{ result: T; watch: WriteWatch }> {
  const writtenAt: number[] = [];
  let longestWaitMs = 0;
  const done = new AbortController();
  const write = async () => {
    let client = await open(url);
    let last = performance.now();
    while (!done.signal.aborted) {
      try {
        client ??= await open(url);
        const result = await client?.query<{ at: number }>(WRITE);
        if (result?.rows[0] !== undefined) {
          longestWaitMs = Math.max(longestWaitMs, performance.now() - last);
          last = performance.now();
          writtenAt.push(result.rows[0].at);
        }
      } catch {
        await client?.end().catch(() => undefined);
        client = undefined;
      }
      await sleep(PAUSE_MS);
    }
    await client?.end().catch(() => undefined);
  };
  const writing = write();
  let result: T;
  try {
    result = await work();
  } finally {
    done.abort();
    await writing;
  }
  return { result, watch: { longestWaitMs, writtenAt } };
}

async function open(url: string): Promise<Client | undefined> {
  const client = new Client({
    connectionString: url,
    application_name: 'apms-bench client',
    // It looks for locks; waiting for the disk as well would slow down the work that it watches.
    options: '-c synchronous_commit=off',
  });
  client.on('error', () => undefined);
  return client.connect().then(
    () => client,
    () => undefined,
  );
}

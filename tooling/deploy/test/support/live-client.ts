import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** A client of the application that writes all the time, whatever happens to the server's sessions. */
export interface LiveClient {
  /** The ids of the sites whose insertion the server has confirmed so far. */
  readonly committed: readonly string[];
  /** Resolves when so many more rows are committed. */
  more(count: number): Promise<void>;
  stop(): Promise<void>;
}

const INSERT = `insert into sites (id, workspace_id, site_code, name, region)
  select $1, id, $1, 'written meanwhile', 'LIVE' from workspaces order by id limit 1`;

/** Starts a client that inserts a site every few milliseconds, each in a transaction of its own. */
export function startLiveClient(url: string): LiveClient {
  const committed: string[] = [];
  const stopping = new AbortController();
  const { signal } = stopping;
  let client: pg.Client | undefined;
  const connected = async () => {
    if (client !== undefined) return client;
    const next = new pg.Client({ connectionString: url });
    next.on('error', () => undefined);
    await next.connect();
    client = next;
    return next;
  };
  const writing = (async () => {
    for (let number = 1; !signal.aborted; number += 1) {
      const id = `live-${number}`;
      try {
        await (await connected()).query(INSERT, [id]);
        committed.push(id);
      } catch {
        client?.end().catch(() => undefined);
        client = undefined;
      }
      await sleep(5);
    }
    await client?.end();
  })();
  return {
    committed,
    async more(count) {
      const wanted = committed.length + count;
      while (committed.length < wanted) await sleep(5);
    },
    async stop() {
      stopping.abort();
      await writing;
    },
  };
}

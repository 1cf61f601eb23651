import type { Connection } from '../connection.ts';
import type { Blocker } from '../failure.ts';
import { withClient } from '../postgres.ts';

const POLL_MS = 250;

export interface WatchOptions {
  connection: Connection;
  applicationName: string;
  /** The session that may be blocked. */
  pid: number;
  /** Told whenever there is somebody, and once when there no longer is. */
  onChange?: ((blockers: readonly Blocker[]) => void) | undefined;
}

/**
 * While `use` runs, looks from a second session for whoever blocks the session `pid`, and hands those seen last to
 * `use`: once a lock time-out has fired, the server no longer knows who caused it. `cancel` ends what the session is at.
 */
export async function watchBlockers<T>(
  { connection, applicationName, pid, onChange }: WatchOptions,
  use: (seen: () => Blocker[], cancel: () => Promise<void>) => Promise<T>,
): Promise<T> {
  return withClient(connection, applicationName, async (client) => {
    let seen: Blocker[] = [];
    let blocked = false;
    let polling = false;
    const poll = async () => {
      if (polling) return;
      polling = true;
      const { rows } = await client
        .query<Blocker>(
          `select pid, usename as user, application_name as application, state,
                  left(query, 200) as query, xact_start::text as "transactionStartedAt"
             from pg_stat_activity where pid = any(pg_blocking_pids($1)) order by pid`,
          [pid],
        )
        // A watcher that cannot look must not fail what it watches.
        .catch(() => ({ rows: [] }));
      if (rows.length > 0) seen = rows;
      if (rows.length > 0 || blocked) onChange?.(rows);
      blocked = rows.length > 0;
      polling = false;
    };
    const timer = setInterval(() => void poll(), POLL_MS);
    try {
      return await use(
        () => seen,
        async () => void (await client.query('select pg_cancel_backend($1)', [pid])),
      );
    } finally {
      clearInterval(timer);
      if (blocked) onChange?.([]);
    }
  });
}

import type { Connection } from '../../connection.ts';
import { withClient } from '../../postgres.ts';

const POLL_MS = 500;

/** While `use` runs, asks the server how many rows COPY has brought into that database's unfinished tables. */
export async function watchCopy<T>(
  connection: Connection,
  applicationName: string,
  onRows: (rows: number) => void,
  use: () => Promise<T>,
): Promise<T> {
  return withClient(connection, applicationName, async (client) => {
    let polling = false;
    const poll = async () => {
      if (polling) return;
      polling = true;
      const { rows } = await client
        .query<{ rows: number }>(
          'select sum(tuples_processed)::float8 as rows from pg_stat_progress_copy where datid = (select oid from pg_database where datname = current_database())',
        )
        // One that cannot look must not fail what it watches.
        .catch(() => ({ rows: [] }));
      if (rows[0]?.rows) onRows(rows[0].rows);
      polling = false;
    };
    const timer = setInterval(() => void poll(), POLL_MS);
    try {
      return await use();
    } finally {
      clearInterval(timer);
    }
  });
}

import pRetry from 'p-retry';
import { explain } from '../explain.ts';
import { toFailure } from '../failure.ts';
import { escapeIdentifier, withClient } from '../postgres.ts';
import type { Run } from '../run-context.ts';
import type { Target } from '../target.ts';

/**
 * Runs `use` while the target's clients can only read: new sessions begin read-only and the present ones are ended, so
 * that a swap back loses nothing. A client that sets its own transactions to read-write gets round it; the report counts
 * such rows. When the writes cannot be let in again afterwards, that is a warning which says how.
 */
export async function withBlockedWrites<T>(run: Run, use: () => Promise<T>): Promise<T> {
  const { target, applicationName } = run;
  const database = target.connection.database;
  run.emit({ type: 'intent', action: 'block-writes', object: database });
  try {
    await alter(target, applicationName, 'set default_transaction_read_only = on');
    return await use();
  } finally {
    try {
      await pRetry(() => unblockWrites(run), { retries: 4, minTimeout: 200, factor: 2 });
    } catch (error) {
      const unblock = `alter database ${escapeIdentifier(database)} ${UNBLOCK}`;
      const message = `The target's clients still cannot write: ${explain(toFailure(error))} Run: ${unblock};`;
      run.emit({ type: 'note', level: 'warning', message });
    }
  }
}

const UNBLOCK = 'reset default_transaction_read_only';

/** Lets the clients write again; their sessions are ended, because those that are open would go on as they began. */
export async function unblockWrites({ target, applicationName, emit }: Run): Promise<void> {
  await alter(target, applicationName, UNBLOCK);
  emit({ type: 'completed', action: 'block-writes', object: target.connection.database });
}

async function alter(
  { maintenance, connection }: Target,
  applicationName: string,
  change: string,
): Promise<void> {
  const { database } = connection;
  await withClient(maintenance, applicationName, async (client) => {
    await client.query(`alter database ${escapeIdentifier(database)} ${change}`);
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = $1 and backend_type = 'client backend' and application_name <> $2`,
      [database, applicationName],
    );
  });
}

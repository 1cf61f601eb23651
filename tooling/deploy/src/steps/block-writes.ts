import { escapeIdentifier, withClient } from '../postgres.ts';
import type { Run } from '../run-context.ts';
import { runHooks } from './hooks.ts';

/**
 * Where the target says `writes: "block"`, runs `use` while its clients can only read: new sessions begin read-only and
 * the present ones are ended, so that a swap back loses nothing. A client that sets its own transactions to read-write
 * gets round it; the report counts such rows. Elsewhere just runs `use`.
 */
export async function withBlockedWrites<T>(run: Run, use: () => Promise<T>): Promise<T> {
  const { target, applicationName } = run;
  if (target.settings.writes === 'allow') return use();
  const database = target.connection.database;
  const execute = async (sql: string) => {
    await withClient(target.maintenance, applicationName, async (client) => {
      await client.query(sql);
      await client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = $1 and backend_type = 'client backend' and application_name <> $2`,
        [database, applicationName],
      );
    });
  };
  await runHooks(run, 'before');
  run.emit({ type: 'intent', action: 'block-writes', object: database });
  await execute(`alter database ${escapeIdentifier(database)} set default_transaction_read_only = on`);
  try {
    return await use();
  } finally {
    await execute(`alter database ${escapeIdentifier(database)} reset default_transaction_read_only`);
    run.emit({ type: 'completed', action: 'block-writes', object: database });
  }
}

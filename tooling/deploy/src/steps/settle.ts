import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';
import { toFailure } from '../failure.ts';
import type { Applied, ApplyError } from '../migrations/apply.ts';
import { type HistoryRow, readHistory } from '../migrations/history.ts';
import { withClient } from '../postgres.ts';
import type { Run } from '../run-context.ts';
import { compareSchemas, describeDifference } from '../schema/compare-schemas.ts';
import { readSchema } from '../schema/read-schema.ts';
import type { Plan } from './plan.ts';

/** Which state a failed migration left the target in, as a new session sees it. */
export type Settled =
  | { state: 'unchanged'; warnings: string[] }
  | { state: 'migrated'; applied: Applied }
  | { state: 'changed' };

/** How long a server that was restarted may take to answer again. */
const RECONNECT_ATTEMPTS = 30;

const finishedNames = (history: readonly HistoryRow[] | undefined) =>
  new Set(
    (history ?? [])
      .filter(({ finishedAt, rolledBackAt }) => finishedAt && !rolledBackAt)
      .map(({ name }) => name),
  );

/**
 * Looks at the target after a failure: undoes what is left to undo, and says whether it is as before, migrated after
 * all (the connection was lost around a commit that arrived), or between, which only the backup mends. Migrations and
 * their bookkeeping rows are committed together, so the history tells.
 */
export async function settle(run: Run, plan: Plan, error: ApplyError): Promise<Settled> {
  const { target, applicationName } = run;
  return pRetry(
    () =>
      withClient(target.connection, applicationName, async (client) => {
        await lettingGoOf(client, error);
        const before = finishedNames(plan.history);
        const after = finishedNames(await readHistory(client));
        if (error.state !== 'changed' && plan.pending.every(({ name }) => after.has(name))) {
          const runs = new Map(plan.pending.map(({ name }) => [name, { durationMs: 0, locks: [] }]));
          return {
            state: 'migrated',
            applied: { runs, deletedRows: new Map(), transactionIds: [], lockedMs: 0 },
          };
        }
        if (error.state === 'changed' || after.size !== before.size) return { state: 'changed' };
        await error.undo(client);
        const differences = compareSchemas(plan.live, await readSchema(client));
        if (error.state === 'unknown' && differences.length > 0) return { state: 'changed' };
        return {
          state: 'unchanged',
          warnings: differences.map(
            (difference) =>
              `After the rollback, ${describeDifference(difference)}: somebody else changed it.`,
          ),
        };
      }),
    {
      retries: error.state === 'unknown' ? RECONNECT_ATTEMPTS : 2,
      minTimeout: 1_000,
      factor: 1,
      // Undoing has waited long enough for its locks.
      shouldRetry: ({ error: problem }) => toFailure(problem).code !== 'LOCK_TIMEOUT',
    },
  );
}

/** A session that was cut off may still be at work on the server; until it has ended, what it did is not decided. */
async function lettingGoOf(client: Parameters<typeof readHistory>[0], error: ApplyError): Promise<void> {
  if (error.state !== 'unknown') return;
  for (let attempt = 0; attempt < RECONNECT_ATTEMPTS; attempt += 1) {
    const { rowCount } = await client.query(
      `select 1 from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and backend_xid is not null
          and application_name = current_setting('application_name')`,
    );
    if (rowCount === 0) return;
    await sleep(1_000);
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';
import type pg from 'pg';
import { DeployError } from '../failure.ts';
import type { ApplyError } from '../migrations/apply-error.ts';
import { type HistoryRow, readHistory } from '../migrations/history.ts';
import { isConnectionProblem, withClient } from '../postgres.ts';
import type { Run } from '../run-context.ts';
import { compareSchemas, describeDifference } from '../schema/compare-schemas.ts';
import { readSchema } from '../schema/read-schema.ts';
import type { Plan } from './plan.ts';

/** Which state a failed migration left the target in, as a new session sees it. */
export type Settled =
  | { state: 'unchanged'; warnings: string[] }
  /** All of it is there: only the answer to the commit was lost. */
  | { state: 'migrated' }
  | { state: 'changed' };

/** How long a server that was restarted may take to answer again, and a session of ours to end. */
const PATIENCE_S = 30;

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
 * @throws what undoing throws, and {CONNECTION_FAILED} when the server does not come back.
 */
export async function settle(
  { target, applicationName }: Run,
  plan: Plan,
  error: ApplyError,
): Promise<Settled> {
  const look = (client: pg.Client) => lookAt(client, plan, error);
  return pRetry(() => withClient(target.connection, applicationName, look), {
    retries: PATIENCE_S,
    minTimeout: 1_000,
    factor: 1,
    shouldRetry: ({ error: problem }) => isConnectionProblem(problem),
  });
}

async function lookAt(client: pg.Client, plan: Plan, error: ApplyError): Promise<Settled> {
  if (error.state === 'unknown') await endOwnSessions(client);
  const [before, after] = [finishedNames(plan.history), finishedNames(await readHistory(client))];
  if (error.state === 'changed') return { state: 'changed' };
  if (plan.pending.every(({ name }) => after.has(name))) return { state: 'migrated' };
  if (after.size !== before.size) return { state: 'changed' };
  await error.undo(client);
  const differences = compareSchemas(plan.live, await readSchema(client));
  if (error.state === 'unknown' && differences.length > 0) return { state: 'changed' };
  const warnings = differences.map(
    (difference) => `After the rollback, ${describeDifference(difference)}: somebody else changed it.`,
  );
  return { state: 'unchanged', warnings };
}

/**
 * A session that was cut off may still be at work on the server, unaware of it; until it has ended, what it did is not
 * decided. Only sessions of this run on this database are ended, and at this point it has no other.
 */
async function endOwnSessions(client: pg.Client): Promise<void> {
  const deadline = performance.now() + PATIENCE_S * 1_000;
  while (performance.now() < deadline) {
    const { rowCount } = await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()
          and application_name = current_setting('application_name') and usename = session_user`,
    );
    if (rowCount === 0) return;
    await sleep(100);
  }
  throw new DeployError({
    code: 'CONNECTION_LOST',
    during: 'the migration',
    problem: `its session is still at work on the server after ${PATIENCE_S} s`,
  });
}

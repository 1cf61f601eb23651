import pRetry from 'p-retry';
import type pg from 'pg';
import { endSessionsOf } from '../end-sessions.ts';
import type { ApplyError } from '../migrations/apply-error.ts';
import { finishedNames, readHistory } from '../migrations/history.ts';
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

/** How long a server that was restarted may take to answer again. */
const PATIENCE_S = 30;

/**
 * Looks at the target after a failure: undoes what is left to undo, and says whether it is as before, migrated after
 * all (the connection was lost around a commit that arrived), or between, which only the backup mends. Migrations and
 * their bookkeeping rows are committed together, so the history tells.
 * @throws what undoing throws, and {CONNECTION_FAILED} when the server does not come back.
 */
export async function settle(run: Run, plan: Plan, error: ApplyError): Promise<Settled> {
  const { target, applicationName } = run;
  const look = (client: pg.Client) => lookAt(client, run, plan, error);
  return pRetry(() => withClient(target.connection, applicationName, look), {
    retries: PATIENCE_S,
    minTimeout: 1_000,
    factor: 1,
    shouldRetry: ({ error: problem }) => isConnectionProblem(problem),
  });
}

async function lookAt(client: pg.Client, run: Run, plan: Plan, error: ApplyError): Promise<Settled> {
  // Only sessions of this run on this database are ended, and at this point it has no other.
  if (error.state === 'unknown')
    await endSessionsOf(client, {
      ...run,
      database: run.target.connection.database,
      during: 'the migration',
    });
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

import { DeployError } from '../../failure.ts';
import { watchBlockers } from '../../migrations/watch-blockers.ts';
import { databaseError, escapeLiteral, messageOf } from '../../postgres.ts';
import type { Target } from '../../target.ts';
import type { Session } from '../with-sessions.ts';

/** That the tables are locked, since when (`performance.now()`); or which of them was not to be had, and why. */
export type KeptOut = { kept: true; since: number } | { kept: false; table: string; failure: DeployError };

/**
 * Locks the tables against writers, in the order given, until the session's transaction ends. Unlike a plain `LOCK` it
 * waits `waitMs` for all of them together, not for each.
 */
export async function keepWritersOut(
  { connection }: Target,
  { client, pid }: Session,
  tables: readonly string[],
  { waitMs, applicationName }: { waitMs: number; applicationName: string },
): Promise<KeptOut> {
  return watchBlockers({ connection, applicationName, pid }, async (blockers) => {
    const since = performance.now();
    try {
      await client.query(statement(tables, waitMs));
      return { kept: true, since };
    } catch (error) {
      const refusal = databaseError(error);
      if (refusal?.code !== '55P03') throw error;
      const [, table = ''] = /"lock table only (.+) in share mode"/.exec(refusal.where ?? '') ?? [];
      const problem = `${table}: ${messageOf(error)}`;
      const blocked = { code: 'BACKUP_BLOCKED' as const, waitedMs: waitMs, problem, blockers: blockers() };
      return { kept: false, table, failure: new DeployError(blocked, { cause: error }) };
    }
  });
}

/** One statement, so that the locks are held no longer than a round trip more than they take. */
function statement(tables: readonly string[], waitMs: number): string {
  return `
do $do$
declare
  deadline timestamptz := clock_timestamp() + ${waitMs} * interval '1 ms';
  wanted text;
begin
  foreach wanted in array array[${tables.map((table) => escapeLiteral(table)).join(', ')}]::text[] loop
    perform set_config('lock_timeout', greatest(1, ceil(extract(epoch from deadline - clock_timestamp()) * 1000))::int::text, true);
    execute 'lock table only ' || wanted || ' in share mode';
  end loop;
end $do$`;
}

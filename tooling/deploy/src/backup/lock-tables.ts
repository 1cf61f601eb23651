import type pg from 'pg';
import type { Connection } from '../connection.ts';
import { DeployError } from '../failure.ts';
import { watchBlockers } from '../migrations/watch-blockers.ts';
import { databaseError, messageOf } from '../postgres.ts';
import type { Session } from './with-sessions.ts';

const QUERY = `
select format('%I.%I', n.nspname, c.relname) as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p') and c.relpersistence <> 't'
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and has_table_privilege(c.oid, 'select')
 order by c.oid`;

/** The names, quoted where need be, of every table that {@link lockTables} can lock. */
export async function listTables(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(QUERY);
  return rows.map(({ name }) => name);
}

/**
 * Locks the tables until the session's transaction ends: `access share` keeps their definitions as they are, `share`
 * their rows too.
 * @throws {BACKUP_BLOCKED} naming who held a conflicting lock for longer than `waitMs`.
 */
export async function lockTables(
  { client, pid }: Session,
  tables: readonly string[],
  lock: { mode: 'access share' | 'share'; waitMs: number; connection: Connection; applicationName: string },
): Promise<void> {
  if (tables.length === 0) return;
  await watchBlockers(lock.connection, lock.applicationName, pid, async (blockers) => {
    try {
      await client.query(
        `set local lock_timeout = ${lock.waitMs}; lock table only ${tables.join(', ')} in ${lock.mode} mode`,
      );
    } catch (error) {
      if (databaseError(error)?.code !== '55P03') throw error;
      throw new DeployError(
        { code: 'BACKUP_BLOCKED', waitedMs: lock.waitMs, problem: messageOf(error), blockers: blockers() },
        { cause: error },
      );
    }
  });
}

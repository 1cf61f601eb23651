import type pg from 'pg';
import type { Connection } from '../connection.ts';
import { type Blocker, DeployError } from '../failure.ts';
import { waitsFor } from '../migrations/waits-for.ts';
import { watchBlockers } from '../migrations/watch-blockers.ts';
import { databaseError, messageOf } from '../postgres.ts';
import type { OnProgress } from '../progress.ts';
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

interface LockOptions {
  mode: 'access share' | 'share';
  waitMs: number;
  connection: Connection;
  applicationName: string;
  onProgress?: OnProgress | undefined;
}

/**
 * Locks the tables until the session's transaction ends: `access share` keeps their definitions as they are, `share`
 * their rows too.
 * @throws {BACKUP_BLOCKED} naming who held a conflicting lock for longer than `waitMs`.
 */
export async function lockTables(
  { client, pid }: Session,
  tables: readonly string[],
  lock: LockOptions,
): Promise<void> {
  if (tables.length === 0) return;
  const { connection, applicationName, onProgress } = lock;
  const onChange = (blockers: readonly Blocker[]) =>
    onProgress?.({
      label: 'locking tables',
      detail: waitsFor(blockers),
      unit: 'items',
      done: 0,
      total: blockers.length > 0 ? null : 0,
    });
  await watchBlockers({ connection, applicationName, pid, onChange }, async (blockers) => {
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

import type { HeldLock } from '@apms/validators';
import type pg from 'pg';

const BLOCKS: Record<string, HeldLock['blocks']> = {
  ShareUpdateExclusiveLock: 'schema changes',
  ShareLock: 'writes',
  ShareRowExclusiveLock: 'writes',
  ExclusiveLock: 'writes',
  AccessExclusiveLock: 'reads and writes',
};

/** The locks that this session's transaction holds on user tables and that keep others from something. */
export async function heldLocks(client: pg.ClientBase): Promise<HeldLock[]> {
  const { rows } = await client.query<{ table: string; mode: string }>(
    `select distinct n.nspname || '.' || c.relname as table, l.mode
       from pg_locks l join pg_class c on c.oid = l.relation join pg_namespace n on n.oid = c.relnamespace
      where l.pid = pg_backend_pid() and l.locktype = 'relation' and l.granted and c.relkind in ('r', 'p', 'm')
        and l.database = (select oid from pg_database where datname = current_database())
        and n.nspname !~ '^pg_' and l.mode = any($1)
      order by 1, 2`,
    [Object.keys(BLOCKS)],
  );
  return rows.flatMap(({ table, mode }) => {
    const blocks = BLOCKS[mode];
    return blocks === undefined ? [] : [{ table, mode: mode.replace(/Lock$/, ''), blocks }];
  });
}

import type { HeldLock } from '@apms/validators';
import type pg from 'pg';

const BLOCKS: Record<string, HeldLock['blocks']> = {
  ShareUpdateExclusiveLock: 'schema changes',
  ShareLock: 'writes',
  ShareRowExclusiveLock: 'writes',
  ExclusiveLock: 'writes',
  AccessExclusiveLock: 'reads and writes',
};

/** What somebody else may wait for, by oid, under the name that it has now; an index stands for its table. */
export type Lockables = ReadonlyMap<number, { name: string; isIndex: boolean }>;

/** The tables, views, sequences and indexes of a database: what is made later, nobody waits for. */
export async function readLockables(client: pg.ClientBase): Promise<Lockables> {
  const { rows } = await client.query<{ oid: number; name: string; isIndex: boolean }>(
    `select c.oid, n.nspname || '.' || coalesce(t.relname, c.relname) as name, t.oid is not null as "isIndex"
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       left join pg_index i on i.indexrelid = c.oid left join pg_class t on t.oid = i.indrelid
      where c.relkind in ('r', 'p', 'm', 'f', 'v', 'S', 'i', 'I')
        and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`,
  );
  return new Map(rows.map(({ oid, ...lockable }) => [oid, lockable]));
}

/** The locks that this session's transaction holds on them and that keep others from something. */
export async function heldLocks(client: pg.ClientBase, lockables: Lockables): Promise<HeldLock[]> {
  const { rows } = await client.query<{ relation: number; mode: string }>(
    `select relation, mode from pg_locks
      where pid = pg_backend_pid() and locktype = 'relation' and granted and mode = any($1)
        and database = (select oid from pg_database where datname = current_database())`,
    [Object.keys(BLOCKS)],
  );
  const held = rows.flatMap(({ relation, mode }) => {
    const [lockable, blocks] = [lockables.get(relation), BLOCKS[mode]];
    if (lockable === undefined || blocks === undefined) return [];
    // Who reads or writes a table opens all of its indexes, which only the strongest lock forbids.
    if (lockable.isIndex && blocks !== 'reads and writes') return [];
    return [{ table: lockable.name, mode: mode.replace(/Lock$/, ''), blocks }];
  });
  const byName = new Map(held.map((lock) => [`${lock.table} ${lock.mode}`, lock]));
  return [...byName.keys()].toSorted().flatMap((key) => byName.get(key) ?? []);
}

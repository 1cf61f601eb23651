import type { Database } from '@apms/db';

/** What a foreign key or a unique index is about. */
export interface Constraint {
  readonly table: string;
  /** Its own columns, without the workspace and version that every key carries. */
  readonly columns: readonly string[];
  /** The table that a foreign key refers to. */
  readonly referencedTable: string | null;
}

/** Constraints by their names. */
export type Constraints = ReadonlyMap<string, Constraint>;

const known = new WeakMap<Database, Promise<Constraints>>();

/**
 * The foreign keys and unique indexes of the database, read once. With row-level security PostgreSQL names the
 * constraint that was violated but, rightly, not the values: this tells which columns they were.
 */
export function constraintsOf(database: Database): Promise<Constraints> {
  const cached = known.get(database);
  if (cached !== undefined) return cached;
  const reading = readConstraints(database);
  known.set(database, reading);
  reading.catch(() => known.delete(database));
  return reading;
}

async function readConstraints({ pool }: Database): Promise<Constraints> {
  const { rows } = await pool.query<Constraint & { name: string }>(`
    select c.conname as name, c.conrelid::regclass::text as table, c.confrelid::regclass::text as "referencedTable",
           array(select a.attname::text from unnest(c.conkey) with ordinality k(number, position)
                 join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.number order by position) as columns
    from pg_constraint c
    where c.contype = 'f' and c.connamespace = 'public'::regnamespace
    union all
    select i.indexrelid::regclass::text, i.indrelid::regclass::text, null,
           array(select coalesce(a.attname::text, pg_get_indexdef(i.indexrelid, k.position::integer, true))
                 from unnest(i.indkey::int2[]) with ordinality k(number, position)
                 left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number and k.number > 0
                 order by position)
    from pg_index i join pg_class t on t.oid = i.indrelid
    where i.indisunique and t.relnamespace = 'public'::regnamespace`);
  return new Map(
    rows.map(({ name, ...constraint }) => [name, { ...constraint, columns: ownColumns(constraint) }]),
  );
}

/** A unique index may be on `lower(email)` or `COALESCE(vendor_id, '')`, which is still about the column. */
const EXPRESSION = /^\w+\((\w+)/;
const CARRIED = new Set(['workspace_id', 'config_version_id']);

function ownColumns({ columns }: Constraint): readonly string[] {
  const named = columns.map((column) => EXPRESSION.exec(column)?.[1] ?? column);
  const own = named.filter((column) => !CARRIED.has(column));
  return own.length > 0 ? own : named;
}

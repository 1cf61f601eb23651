import type pg from 'pg';
import { z } from 'zod';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import { DEFAULT_THRESHOLD_ROWS, type LintContext, type TableFacts } from './context.ts';

const Table = z.object({
  schema: z.string(),
  name: z.string(),
  estimatedRows: z.number(),
  countable: z.boolean(),
  sizeBytes: z.coerce.number(),
  columns: z.array(z.object({ name: z.string(), type: z.string(), notNull: z.boolean() })),
  checks: z.array(z.object({ name: z.string(), definition: z.string(), validated: z.boolean() })),
});
type Table = z.infer<typeof Table>;

/** A table that another session keeps for itself must not make the plan wait: it counts by its statistics. */
const TABLES = `
with held as (
  select distinct relation from pg_locks
   where locktype = 'relation' and mode = 'AccessExclusiveLock' and pid <> pg_backend_pid()
)
select n.nspname as schema, c.relname as name, c.reltuples::float8 as "estimatedRows",
       not $1::boolean and held.relation is null and has_table_privilege(c.oid, 'select')
         and c.relispopulated as countable,
       case when $1::boolean or held.relation is not null
         then c.relpages * current_setting('block_size')::bigint
         else (select coalesce(sum(pg_table_size(p.relid)), 0)
                 from (select c.oid::regclass as relid where c.relkind <> 'p'
                       union all
                       select t.relid from pg_partition_tree(c.oid) t where c.relkind = 'p') p)
         end::text as "sizeBytes",
       coalesce((select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
                                                   'notNull', a.attnotnull))
                   from pg_attribute a
                  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), '[]') as columns,
       coalesce((select json_agg(json_build_object('name', k.conname, 'definition', pg_get_constraintdef(k.oid),
                                                   'validated', k.convalidated))
                   from pg_constraint k where k.conrelid = c.oid and k.contype = 'c'), '[]') as checks
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join held on held.relation = c.oid
 where c.relkind in ('r', 'p', 'm') and c.relpersistence <> 't'
   and n.nspname <> 'information_schema' and not starts_with(n.nspname, 'pg_')`;

const SETTINGS = `
select current_setting('server_version_num')::int / 10000 as "serverVersion",
       current_setting('server_version_num')::int % 10000 as "serverMinor",
       current_schemas(false)::text[] as "searchPath",
       array(select distinct proname::text from pg_proc where provolatile = 'v') as "volatileFunctions",
       array(select json_build_object(
                      'name', n.nspname || '.' || i.relname, 'table', m.nspname || '.' || t.relname,
                      'columns', array(select a.attname from unnest(x.indkey[:x.indnkeyatts - 1]) key
                                         join pg_attribute a on a.attrelid = x.indrelid and a.attnum = key))
               from pg_index x
               join pg_class i on i.oid = x.indexrelid join pg_namespace n on n.oid = i.relnamespace
               join pg_class t on t.oid = x.indrelid join pg_namespace m on m.oid = t.relnamespace
              where n.nspname <> 'information_schema' and not starts_with(n.nspname, 'pg_')) as indexes`;

const Settings = z.object({
  serverVersion: z.int(),
  serverMinor: z.int(),
  searchPath: z.array(z.string()),
  volatileFunctions: z.array(z.string()),
  indexes: z.array(z.object({ name: z.string(), table: z.string(), columns: z.array(z.string()) })),
});

/** What a target that could be asked says of itself. */
export type TargetLintContext = LintContext & { tables: ReadonlyMap<string, TableFacts> };

const LOCK_TIMEOUT_MS = 500;
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Reads from the target what the lint needs: no table is counted beyond the threshold, and none is waited for. Opens a
 * transaction of its own on the client.
 */
export async function readLintContext(client: pg.ClientBase): Promise<TargetLintContext> {
  const settings = Settings.parse((await client.query(SETTINGS)).rows[0]);
  const tables = await readTables(client, false).catch((error: unknown) => {
    if (!isLockTimeout(error)) throw error;
    return readTables(client, true);
  });
  return {
    ...settings,
    volatileFunctions: new Set(settings.volatileFunctions),
    indexes: new Map(settings.indexes.map(({ name, ...index }) => [name, index])),
    tables,
  };
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === LOCK_NOT_AVAILABLE;
}

async function readTables(
  client: pg.ClientBase,
  byStatistics: boolean,
): Promise<TargetLintContext['tables']> {
  await client.query(`begin read only; set local lock_timeout = ${LOCK_TIMEOUT_MS}`);
  try {
    const tables = z.array(Table).parse((await client.query(TABLES, [byStatistics])).rows);
    const rows = await countRows(client, tables);
    return new Map(
      tables.map((table, index) => [`${table.schema}.${table.name}`, factsOf(table, rows[index])]),
    );
  } finally {
    await client.query('rollback');
  }
}

/** Statistics may be old or missing, so each table is read up to the threshold; undefined where it cannot be. */
async function countRows(client: pg.ClientBase, tables: readonly Table[]): Promise<(number | undefined)[]> {
  const counts = tables.map(({ schema, name, countable }) =>
    countable
      ? `(select count(*) from (select from ${quoteIdentifier(name, schema)} limit ${DEFAULT_THRESHOLD_ROWS}) as head)`
      : 'null',
  );
  const { rows } = await client.query(`select array[${counts.join(', ')}]::float8[] as rows`);
  const [counted] = z.array(z.object({ rows: z.array(z.number().nullable()) })).parse(rows);
  return (counted?.rows ?? []).map((count) => count ?? undefined);
}

function factsOf(
  { estimatedRows, sizeBytes, columns, checks }: Table,
  counted: number | undefined,
): TableFacts {
  const beyond = counted === undefined || counted >= DEFAULT_THRESHOLD_ROWS;
  return {
    rows: beyond ? Math.max(Math.round(estimatedRows), counted ?? -1) : counted,
    sizeBytes,
    columns: new Map(columns.map(({ name, ...column }) => [name, column])),
    checks,
  };
}

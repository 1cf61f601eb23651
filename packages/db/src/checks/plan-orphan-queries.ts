import type { ForeignKey } from '@apms/validators';
import { type ClientBase, escapeIdentifier } from 'pg';

/** The statement that counts the orphans of one key and names the first five by primary key. */
export interface OrphanQuery {
  readonly foreignKey: ForeignKey;
  readonly sql: string;
  /** The same with less to read, by what the database knows of its data; no row means no orphan. */
  readonly quickSql: string;
}

interface TableFacts {
  readonly table: string;
  readonly sizeBytes: string;
  /** Type of each column, by name. */
  readonly types: Readonly<Record<string, string>>;
  readonly primaryKey: string[];
  readonly rows: number;
  /** How many values a column has, as far as statistics say. */
  readonly distinct: Readonly<Record<string, number>>;
  /** Columns of each index in which every row can be found. */
  readonly indexes: readonly (readonly string[])[];
}

const sampleSize = 5;

const factsQuery = `
  select c.relname as table, pg_table_size(c.oid) as "sizeBytes",
         (select json_object_agg(a.attname, a.atttypid::regtype::text) from pg_attribute a
          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as types,
         array(select a.attname::text from pg_index i
               cross join unnest(i.indkey::smallint[]) with ordinality k(attnum, n)
               join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
               where i.indrelid = c.oid and i.indisprimary order by k.n) as "primaryKey",
         c.reltuples::float8 as rows,
         (select coalesce(json_object_agg(s.attname,
                   case when s.n_distinct < 0 then -s.n_distinct * c.reltuples else s.n_distinct end), '{}')
          from pg_stats s where s.schemaname = 'public' and s.tablename = c.relname) as distinct,
         (select coalesce(json_agg(array(
                   select a.attname from unnest(i.indkey::int2[]) with ordinality k(attnum, n)
                   join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
                   where k.n <= i.indnkeyatts order by k.n)), '[]')
          from pg_index i join pg_class x on x.oid = i.indexrelid join pg_am on pg_am.oid = x.relam
          where i.indrelid = c.oid and amname = 'btree' and i.indisvalid and i.indpred is null and i.indexprs is null)
           as indexes
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname = any($1)`;

/** One statement per key that this database can answer, the most to read first, and the keys it cannot. */
export async function planOrphanQueries(
  client: ClientBase,
  foreignKeys: readonly ForeignKey[],
): Promise<{ queries: OrphanQuery[]; skipped: ForeignKey[] }> {
  const names = new Set(foreignKeys.flatMap((key) => [key.table, key.referencedTable]));
  const { rows } = await client.query<TableFacts>(factsQuery, [[...names]]);
  const facts = new Map(rows.map((row) => [row.table, row]));
  const planned: { query: OrphanQuery; sizeBytes: number }[] = [];
  const skipped: ForeignKey[] = [];
  for (const foreignKey of foreignKeys) {
    const child = facts.get(foreignKey.table);
    const parent = facts.get(foreignKey.referencedTable);
    const match = child && parent && matchOf(foreignKey, child, parent);
    if (child === undefined || parent === undefined || match === undefined) skipped.push(foreignKey);
    else {
      const sql = orphanSql(foreignKey, child, match);
      planned.push({
        query: { foreignKey, sql, quickSql: quickSql(foreignKey, child, { sql, match }) },
        sizeBytes: Number(child.sizeBytes) + Number(parent.sizeBytes),
      });
    }
  }
  planned.sort((a, b) => b.sizeBytes - a.sizeBytes);
  return { queries: planned.map(({ query }) => query), skipped };
}

/** SQL by which a row `c` finds the row of the parent that it refers to; undefined when a column is missing. */
function matchOf(key: ForeignKey, child: TableFacts, parent: TableFacts): string | undefined {
  const pairs: string[] = [];
  for (const [index, column] of key.columns.entries()) {
    const referenced = key.referencedColumns[index] ?? '';
    const [type, referencedType] = [child.types[column], parent.types[referenced]];
    if (type === undefined || referencedType === undefined) return undefined;
    const cast = type === referencedType ? '' : '::text';
    pairs.push(`p.${escapeIdentifier(referenced)}${cast} = c.${escapeIdentifier(column)}${cast}`);
  }
  return `select from public.${escapeIdentifier(parent.table)} p where ${pairs.join(' and ')}`;
}

function orphanSql(key: ForeignKey, child: TableFacts, match: string): string {
  const present = key.columns.map((column) => `c.${escapeIdentifier(column)} is not null`).join(' and ');
  const identity = child.primaryKey.length > 0 ? child.primaryKey : key.columns;
  const sample = identity.map((column) => `c.${escapeIdentifier(column)}::text`).join(', ');
  return `
    select count(*) as count, array_agg(id) filter (where n <= ${sampleSize}) as "sampleIds"
    from (select id, row_number() over (order by id) as n
          from (select concat_ws('/', ${sample}) as id
                from public.${escapeIdentifier(child.table)} c
                where ${present}
                  and not exists (${match})) orphan) numbered`;
}

/** From so many rows a value on, looking each value up in an index is less work than reading the rows. */
const rowsPerValue = 50;

/** After so many values the statistics were wrong, and the rows are read after all. */
const mostValues = 5_000;

/**
 * Where many rows share few values and an index has them in order, goes from value to value: when each one is there in
 * the parent, no row is an orphan, and the rows are not read.
 */
function quickSql(
  key: ForeignKey,
  child: TableFacts,
  { sql, match }: { sql: string; match: string },
): string {
  const index = child.indexes.find(
    (columns) =>
      columns.length >= key.columns.length &&
      columns.slice(0, key.columns.length).every((column) => key.columns.includes(column)),
  );
  const values = Math.max(...key.columns.map((column) => child.distinct[column] ?? Number.POSITIVE_INFINITY));
  if (index === undefined || values * rowsPerValue > child.rows || values > mostValues) return sql;
  const columns = index.slice(0, key.columns.length).map((column) => escapeIdentifier(column));
  const of = (alias: string) => columns.map((column) => `${alias}.${column}`).join(', ');
  const table = `public.${escapeIdentifier(child.table)} t where ${columns.map((column) => `t.${column} is not null`).join(' and ')}`;
  return `
    with recursive c as (
      (select ${of('t')}, 1 as n from ${table} order by ${of('t')} limit 1)
      union all
      select next.*, c.n + 1 from c cross join lateral (
        select ${of('t')} from ${table} and (${of('t')}) > (${of('c')}) order by ${of('t')} limit 1) next
      where c.n <= ${mostValues}
    )
    select orphans.* from (${sql}) orphans
    where (select count(*) > ${mostValues} or count(*) filter (where not exists (${match})) > 0 from c)`;
}

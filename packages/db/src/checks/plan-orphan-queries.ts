import type { ForeignKey } from '@apms/validators';
import { type ClientBase, escapeIdentifier } from 'pg';

/** The statement that counts the orphans of one key and names the first five by primary key. */
export interface OrphanQuery {
  readonly foreignKey: ForeignKey;
  readonly sql: string;
}

interface TableFacts {
  readonly table: string;
  readonly sizeBytes: string;
  /** Type of each column, by name. */
  readonly types: Readonly<Record<string, string>>;
  readonly primaryKey: string[];
}

const sampleSize = 5;

const factsQuery = `
  select c.relname as table, pg_table_size(c.oid) as "sizeBytes",
         (select json_object_agg(a.attname, a.atttypid::regtype::text) from pg_attribute a
          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as types,
         array(select a.attname::text from pg_index i
               cross join unnest(i.indkey::smallint[]) with ordinality k(attnum, n)
               join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
               where i.indrelid = c.oid and i.indisprimary order by k.n) as "primaryKey"
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
    const sql = child && parent && orphanSql(foreignKey, child, parent);
    if (sql === undefined) skipped.push(foreignKey);
    else
      planned.push({
        query: { foreignKey, sql },
        sizeBytes: Number(child?.sizeBytes) + Number(parent?.sizeBytes),
      });
  }
  planned.sort((a, b) => b.sizeBytes - a.sizeBytes);
  return { queries: planned.map(({ query }) => query), skipped };
}

function orphanSql(key: ForeignKey, child: TableFacts, parent: TableFacts): string | undefined {
  const pairs: string[] = [];
  for (const [index, column] of key.columns.entries()) {
    const referenced = key.referencedColumns[index] ?? '';
    const [type, referencedType] = [child.types[column], parent.types[referenced]];
    if (type === undefined || referencedType === undefined) return undefined;
    const cast = type === referencedType ? '' : '::text';
    pairs.push(`p.${escapeIdentifier(referenced)}${cast} = c.${escapeIdentifier(column)}${cast}`);
  }
  const present = key.columns.map((column) => `c.${escapeIdentifier(column)} is not null`).join(' and ');
  const identity = child.primaryKey.length > 0 ? child.primaryKey : key.columns;
  const sample = identity.map((column) => `c.${escapeIdentifier(column)}::text`).join(', ');
  return `
    select count(*) as count, array_agg(id) filter (where n <= ${sampleSize}) as "sampleIds"
    from (select id, row_number() over (order by id) as n
          from (select concat_ws('/', ${sample}) as id
                from public.${escapeIdentifier(child.table)} c
                where ${present}
                  and not exists (select from public.${escapeIdentifier(parent.table)} p
                                  where ${pairs.join(' and ')})) orphan) numbered`;
}

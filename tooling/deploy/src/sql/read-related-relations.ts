import type pg from 'pg';
import { z } from 'zod';

const Related = z.array(z.object({ name: z.string(), related: z.array(z.string()) }));

/** An index concerns its table, and whatever concerns a partitioned or inherited table concerns its children. */
const QUERY = `
with recursive ancestor as (
  select inhrelid as relation, inhparent as related from pg_inherits
  union
  select a.relation, i.inhparent from ancestor a join pg_inherits i on i.inhrelid = a.related
), link as (
  select * from ancestor
  union
  select indexrelid, indrelid from pg_index
  union
  select i.indexrelid, a.related from pg_index i join ancestor a on a.relation = i.indrelid
)
select c.relname as name, array_agg(distinct r.relname)::text[] as related
  from link
  join pg_class c on c.oid = link.relation
  join pg_class r on r.oid = link.related
  join pg_namespace n on n.oid = c.relnamespace
 where n.nspname <> 'information_schema' and not starts_with(n.nspname, 'pg_')
 group by c.relname`;

/** What the catalog knows of each relation, by unqualified name: an index's table, and a partition's ancestors. */
export async function relatedRelations(client: pg.ClientBase): Promise<(name: string) => readonly string[]> {
  const { rows } = await client.query(QUERY);
  const byName = new Map(Related.parse(rows).map(({ name, related }) => [name, related]));
  return (name) => byName.get(name) ?? [];
}

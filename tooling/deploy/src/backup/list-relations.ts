import type pg from 'pg';
import { z } from 'zod';

const Relation = z.object({
  /** `schema.table`. */
  name: z.string(),
  schema: z.string(),
  relation: z.string(),
  kind: z.enum(['table', 'materialized-view', 'large-objects']),
  pages: z.coerce.number(),
  /** `isExact`: values that the type calls equal are the same to the last bit. */
  columns: z.array(z.object({ name: z.string(), isExact: z.boolean() })),
});

/** Something that holds rows which a backup must bring back. */
export type Relation = z.infer<typeof Relation>;

/** A text is only as exact as its collation: under some, 'a' equals 'A'. Enumerations hash by oid, which a restore changes. */
const QUERY = `
select n.nspname || '.' || c.relname as name, n.nspname as schema, c.relname as relation,
       case c.relkind when 'm' then 'materialized-view' else 'table' end as kind,
       (pg_relation_size(c.oid) / current_setting('block_size')::int)::text as pages,
       coalesce((
         select json_agg(json_build_object('name', a.attname, 'isExact',
                  a.atttypid = any(array['bool', 'bytea', '"char"', 'name', 'int8', 'int2', 'int4', 'text', 'oid', 'varchar',
                    'uuid', 'date', 'time', 'timestamp', 'timestamptz']::regtype[])
                  and coalesce((select k.collisdeterministic from pg_collation k where k.oid = a.attcollation), true)
                ) order by a.attnum)
           from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       ), '[]') as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where (c.relkind = 'r' or c.relkind = 'm' and c.relispopulated) and c.relpersistence <> 't'
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
union all
select 'pg_catalog.pg_largeobject', 'pg_catalog', 'pg_largeobject', 'large-objects', '0', '[]'
 where exists (select from pg_largeobject_metadata)
 order by 1`;

/** Every table, leaf partition and materialized view that a dump of the database has the rows of, and its large objects. */
export async function listRelations(client: pg.ClientBase): Promise<Relation[]> {
  const { rows } = await client.query(QUERY);
  return z.array(Relation).parse(rows);
}

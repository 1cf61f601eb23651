import type { ClientBase } from 'pg';
import { masterTables } from '../master-tables.ts';

/** At most one ACTIVE version per workspace and source. */
export const activeIndexName = 'ux_config_versions_one_active_per_workspace';

/** What the catalog says about the master tables. */
export interface SchemaCatalog {
  readonly tables: string[];
  readonly foreignKeys: number;
  readonly checks: number;
  readonly unvalidated: { table: string; name: string; kind: string }[];
  /** Foreign keys whose enforcing triggers someone switched off. */
  readonly unenforced: { table: string; name: string }[];
  /** Columns that are named as references. */
  readonly idColumns: { table: string; column: string }[];
  readonly activeIndex: ActiveIndex | null;
}

export interface ActiveIndex {
  readonly unique: boolean;
  readonly valid: boolean;
  readonly ready: boolean;
  readonly columns: string[];
  readonly predicate: string;
}

const query = `
  with master as (
    select oid, relname from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname = any($1)
  ), constraints as (
    select c.oid, c.conname, c.contype, c.convalidated, m.relname
    from pg_constraint c join master m on m.oid = c.conrelid
    where c.contype in ('c', 'f') and c.conparentid = 0
  )
  select
    (select coalesce(json_agg(relname), '[]') from master) as tables,
    (select count(*)::int from constraints where contype = 'f') as "foreignKeys",
    (select count(*)::int from constraints where contype = 'c') as checks,
    (select coalesce(json_agg(json_build_object('table', relname, 'name', conname, 'kind', contype)
                              order by relname, conname), '[]')
     from constraints where not convalidated) as unvalidated,
    (select coalesce(json_agg(distinct jsonb_build_object('table', k.relname, 'name', k.conname)), '[]')
     from constraints k join pg_trigger t on t.tgconstraint = k.oid
     where k.contype = 'f' and t.tgenabled not in ('O', 'A')) as unenforced,
    (select coalesce(json_agg(json_build_object('table', m.relname, 'column', a.attname)
                              order by m.relname, a.attnum), '[]')
     from master m join pg_attribute a on a.attrelid = m.oid
     where not a.attisdropped and a.attname like '%\\_id') as "idColumns",
    (select json_build_object(
       'unique', i.indisunique, 'valid', i.indisvalid, 'ready', i.indisready,
       'columns', array(select pg_get_indexdef(i.indexrelid, n, true) from generate_series(1, i.indnkeyatts) n),
       'predicate', coalesce(pg_get_expr(i.indpred, i.indrelid, true), ''))
     from pg_index i join master m on m.oid = i.indrelid and m.relname = 'config_versions'
     join pg_class c on c.oid = i.indexrelid where c.relname = $2) as "activeIndex"`;

/** Reads the catalog in one query. */
export async function readSchemaCatalog(client: ClientBase): Promise<SchemaCatalog> {
  const { rows } = await client.query<SchemaCatalog>(query, [masterTables, activeIndexName]);
  const [catalog] = rows;
  if (catalog === undefined) throw new Error('the catalog query returned no row');
  return catalog;
}

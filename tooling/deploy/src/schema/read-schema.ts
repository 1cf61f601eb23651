import { createHash } from 'node:crypto';
import type pg from 'pg';
import { z } from 'zod';

/**
 * Every object of a database's own schemas as `kind identity → definition`, in PostgreSQL's own words. Two databases
 * with equal entries have the same schema; objects of extensions and Prisma's history table are left out.
 */
export const Schema = z.record(z.string(), z.string());
export type Schema = z.infer<typeof Schema>;

/** Kinds that belong to an installation rather than to the migrations. */
const LOCAL_KINDS = ['owner ', 'grant '];

const QUERY = `
with own_namespace as (
  select oid, nspname, nspowner, nspacl from pg_namespace
   where nspname !~ '^pg_' and nspname <> 'information_schema'
     and not exists (select from pg_depend d where d.classid = 'pg_namespace'::regclass and d.objid = pg_namespace.oid and d.deptype = 'e')
), relation as (
  select c.*, n.nspname, n.nspname || '.' || c.relname as name
    from pg_class c join own_namespace n on n.oid = c.relnamespace
   where c.relname not in ('_prisma_migrations', '_prisma_migrations_pkey')
     and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
), routine as (
  select p.*, n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as name
    from pg_proc p join own_namespace n on n.oid = p.pronamespace
   where not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
), own_type as (
  select t.*, n.nspname || '.' || t.typname as name
    from pg_type t join own_namespace n on n.oid = t.typnamespace
   where t.typtype in ('e', 'd', 'r')
     and not exists (select from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
)
select 'schema ' || nspname as key, '' as definition from own_namespace
union all
select 'relation ' || name, concat_ws(' ', relkind, relpersistence,
       case when relrowsecurity then 'row level security' end, case when relforcerowsecurity then 'forced' end,
       reloptions::text, pg_get_partkeydef(oid), pg_get_expr(relpartbound, oid),
       case when relkind in ('v', 'm') then pg_get_viewdef(oid) end)
  from relation where relkind in ('r', 'p', 'v', 'm', 'f', 'c')
union all
select 'column ' || r.name || '.' || a.attname, concat_ws(' ', format_type(a.atttypid, a.atttypmod),
       case when a.attnotnull then 'not null' end, 'identity ' || nullif(a.attidentity::text, ''), 'generated ' || nullif(a.attgenerated::text, ''),
       'default ' || pg_get_expr(d.adbin, d.adrelid), 'collate ' || nullif(a.attcollation, t.typcollation)::regcollation::text)
  from relation r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
 where r.relkind in ('r', 'p', 'v', 'm', 'f', 'c')
union all
select 'constraint ' || coalesce(r.name, c.contypid::regtype::text) || '.' || c.conname,
       pg_get_constraintdef(c.oid) || case when c.convalidated then '' else ' (not validated)' end
  from pg_constraint c join own_namespace n on n.oid = c.connamespace left join relation r on r.oid = c.conrelid
 where c.contype <> 'n' and (r.oid is not null or c.contypid <> 0)
union all
select 'index ' || r.name, pg_get_indexdef(i.indexrelid) || case when i.indisvalid and i.indisready then '' else ' (invalid)' end
  from pg_index i join relation r on r.oid = i.indexrelid
union all
select 'trigger ' || r.name || '.' || t.tgname, pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text
  from pg_trigger t join relation r on r.oid = t.tgrelid where not t.tgisinternal
union all
select 'policy ' || r.name || '.' || p.polname, concat_ws(' ', p.polcmd, p.polpermissive,
       (select string_agg(coalesce(rolname, 'public'), ',' order by rolname) from unnest(p.polroles) u(id) left join pg_roles on oid = u.id),
       'using ' || pg_get_expr(p.polqual, p.polrelid), 'check ' || pg_get_expr(p.polwithcheck, p.polrelid))
  from pg_policy p join relation r on r.oid = p.polrelid
union all
select 'rule ' || r.name || '.' || w.rulename, pg_get_ruledef(w.oid)
  from pg_rewrite w join relation r on r.oid = w.ev_class where w.rulename <> '_RETURN'
union all
select 'sequence ' || r.name, concat_ws(' ', format_type(s.seqtypid, null), s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle)
  from pg_sequence s join relation r on r.oid = s.seqrelid
union all
select 'routine ' || name, case when prokind = 'a' then 'aggregate ' || pg_get_function_result(oid) else pg_get_functiondef(oid) end from routine
union all
select 'type ' || t.name, case t.typtype
       when 'e' then (select string_agg(quote_literal(enumlabel), ', ' order by enumsortorder) from pg_enum where enumtypid = t.oid)
       when 'd' then concat_ws(' ', format_type(t.typbasetype, t.typtypmod), case when t.typnotnull then 'not null' end, t.typdefault)
       else 'range' end
  from own_type t
union all
select 'extension ' || extname, extversion from pg_extension where extname <> 'plpgsql'
union all
select 'owner ' || name, pg_get_userbyid(relowner)::text from relation where relkind in ('r', 'p', 'v', 'm', 'S', 'f')
union all
select 'grant ' || name || ' ' || grantee || ' ' || privilege_type, case when is_grantable then 'with grant option' else '' end
  from (select 'table ' || r.name as name, coalesce(nullif(x.grantee, 0)::regrole::text, 'public') as grantee, x.privilege_type, x.is_grantable
          from relation r, aclexplode(r.relacl) x where x.grantee <> r.relowner
        union
        select 'column ' || r.name || '.' || a.attname, coalesce(nullif(x.grantee, 0)::regrole::text, 'public'), x.privilege_type, x.is_grantable
          from relation r join pg_attribute a on a.attrelid = r.oid, aclexplode(a.attacl) x
        union
        select 'routine ' || p.name, coalesce(nullif(x.grantee, 0)::regrole::text, 'public'), x.privilege_type, x.is_grantable
          from routine p, aclexplode(p.proacl) x where x.grantee <> p.proowner
        union
        select 'schema ' || n.nspname, coalesce(nullif(x.grantee, 0)::regrole::text, 'public'), x.privilege_type, x.is_grantable
          from own_namespace n, aclexplode(n.nspacl) x where x.grantee <> n.nspowner) g`;

/** The schema of the session's database, read in one round trip; definitions are written with every name qualified. */
export async function readSchema(client: pg.ClientBase): Promise<Schema> {
  const results: unknown = await client.query(`set search_path = pg_catalog; ${QUERY}; reset search_path`);
  const [, entries] = z
    .tuple([
      z.unknown(),
      z.object({ rows: z.array(z.object({ key: z.string(), definition: z.string() })) }),
      z.unknown(),
    ])
    .parse(results);
  return Object.fromEntries(entries.rows.map(({ key, definition }) => [key, definition]));
}

/** One figure for a whole schema, to tell two apart. */
export function schemaHash(schema: Schema): string {
  const lines = Object.entries(schema).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(lines)).digest('hex');
}

/** The part of a schema that migrations decide: without owners and grants, which differ between installations. */
export function withoutLocal(schema: Schema): Schema {
  return Object.fromEntries(
    Object.entries(schema).filter(([key]) => !LOCAL_KINDS.some((kind) => key.startsWith(kind))),
  );
}

/** How many of its tables force row-level security even on their owner. */
export function forcedRlsTables(schema: Schema): number {
  return Object.entries(schema).filter(
    ([key, definition]) => key.startsWith('relation ') && / forced(?: |$)/.test(definition),
  ).length;
}

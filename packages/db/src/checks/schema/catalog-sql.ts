import { masterTables } from '../master-tables.ts';

/**
 * What the catalog says, as CTEs: `master` are the master tables that are there, `rule` their checks and foreign keys,
 * `key` every foreign key of schema `public` (`proven`: the database itself vouches for it).
 */
export const catalogSql = `
  master as materialized (
    select oid, relname::text as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and relname = any('{${masterTables.join(',')}}'::name[])
  ), declared as materialized (
    select oid, conname::text as name, contype as kind, conrelid, confrelid, conkey, convalidated as validated
    from pg_constraint
    where contype in ('c', 'f') and conparentid = 0 and connamespace = 'public'::regnamespace
  ), disabled as materialized (
    select distinct tgconstraint as oid from pg_trigger where tgenabled not in ('O', 'A') and tgconstraint <> 0
  ), key as (
    select *, validated and not exists (select from disabled where disabled.oid = declared.oid) as proven
    from declared where kind = 'f'
  ), rule as (
    select declared.*, master.name as "table" from declared join master on master.oid = conrelid
  )`;

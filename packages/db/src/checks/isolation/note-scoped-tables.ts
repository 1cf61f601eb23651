import { changeableRowIdSql } from '../probe/changeable-row-id.ts';
import { otherProbe, type Probe, probe } from '../probe/probe.ts';
import { apiRole } from './act-as-api.ts';

/** Column by which a probe knows its row; null when that cannot be told. */
const keyColumn = `
      select a.attname from pg_attribute a
      where a.attrelid = c.oid
        and (a.attname = 'id' and a.atttypid = case c.relname when 'workspaces' then 'uuid'::regtype else 'text'::regtype end
             or a.attname = 'workspace_id' and exists (
               select from pg_index i
               where i.indrelid = c.oid and i.indisprimary and i.indnkeyatts = 1 and i.indkey[0] = a.attnum))
      order by a.attname limit 1`;

/** SQL expression of a condition that is true for a probe's row of a table, and for no row where it cannot be told. */
function isProbeRow(of: Probe): string {
  return `case key when 'workspace_id' then format('workspace_id = %L', '${of.workspaceId}')
           when 'id' then format('id = %L', ${changeableRowIdSql(of, 'name')}) else 'false' end`;
}

/**
 * SQL that keeps in the setting `validation.scoped` what the catalog says of every table whose rows belong to one
 * workspace each, and in `validation.role` what could let the API's role pass by row-level security; null when there is
 * no such role.
 */
export const noteScopedTables = `
  with api as (select * from pg_roles where rolname = '${apiRole}'), scoped as (
    select c.relname::text as name,
           case c.relname when 'workspaces' then 'id' else 'workspace_id' end as "column", (${keyColumn}) as key,
           c.relrowsecurity as enabled, c.relrowsecurity and c.relforcerowsecurity as forced,
           exists (select from pg_policy p
                   where p.polrelid = c.oid and p.polroles && array[0::oid, (select oid from api)]) as "hasPolicy",
           array(select p.polname from pg_policy p
                 where p.polrelid = c.oid and p.polroles && array[0::oid, (select oid from api)] and p.polpermissive
                   and 'true' in (pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
                 order by 1) as "openPolicies",
           coalesce((select has_table_privilege(oid, c.oid, 'TRUNCATE') from api), false) as "canTruncate",
           coalesce((select has_table_privilege(oid, c.oid, 'SELECT') from api), false) as "canRead"
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and (c.relname = 'workspaces' or exists (
        select from pg_attribute a
        where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped))
  )
  select set_config('validation.scoped', (
           select jsonb_agg(to_jsonb(scoped) || jsonb_build_object(
             'ours', ${isProbeRow(probe)},
             'theirs', ${isProbeRow(otherProbe)}) order by name)
           from scoped)::text, true),
         set_config('validation.role', coalesce((
           select jsonb_build_object(
             'superuser', rolsuper, 'bypassRls', rolbypassrls,
             'strongerRoles', array(select r.rolname from pg_roles r where (r.rolsuper or r.rolbypassrls)
                                    and r.oid <> api.oid and pg_has_role(api.oid, r.oid, 'MEMBER') order by 1),
             'otherScopes', array(select r.rolname from pg_roles r
                                  where exists (select from pg_policy p where r.oid = any(p.polroles))
                                  and r.oid <> api.oid and pg_has_role(api.oid, r.oid, 'MEMBER') order by 1))
           from api), 'null')::text, true);`;

/** The tables that were noted, as a FROM item. */
export const scopedTables = `jsonb_to_recordset(current_setting('validation.scoped')::jsonb)
      as scoped(name text, "column" text, key text, enabled boolean, forced boolean, "hasPolicy" boolean,
                "openPolicies" text[], "canTruncate" boolean, "canRead" boolean, ours text, theirs text)`;

/** What was noted of the API's role, as jsonb. */
export const notedRole = `current_setting('validation.role')::jsonb`;

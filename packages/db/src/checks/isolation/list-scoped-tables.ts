import type { ClientBase } from 'pg';
import { apiRole } from './act-as-api.ts';

/** A table whose rows belong to one workspace each. */
export interface ScopedTable {
  readonly name: string;
  /** `workspace_id`, or the id of `workspaces` itself. */
  readonly column: string;
  /** The column by which a probe knows its row; null when that cannot be told. */
  readonly key: 'id' | 'workspace_id' | null;
  readonly enabled: boolean;
  readonly forced: boolean;
  /** Policies that bind the API's role. */
  readonly policies: number;
  /** Those among them that let everything through. */
  readonly openPolicies: string[];
  readonly canTruncate: boolean;
  readonly canRead: boolean;
}

/** What could let the API's role pass by row-level security. */
export interface RoleFacts {
  readonly superuser: boolean;
  readonly bypassRls: boolean;
  /** Roles that it may become and that bypass row-level security. */
  readonly strongerRoles: string[];
  /** Roles that it may become and that have policies of their own. */
  readonly otherScopes: string[];
}

const query = `
  with api as (select * from pg_roles where rolname = $1)
  select
    (select json_build_object(
       'superuser', rolsuper, 'bypassRls', rolbypassrls,
       'strongerRoles', array(select r.rolname from pg_roles r where (r.rolsuper or r.rolbypassrls)
                              and r.oid <> api.oid and pg_has_role(api.oid, r.oid, 'MEMBER') order by 1),
       'otherScopes', array(select r.rolname from pg_roles r
                            where exists (select from pg_policy p where r.oid = any(p.polroles))
                            and r.oid <> api.oid and pg_has_role(api.oid, r.oid, 'MEMBER') order by 1))
     from api) as role,
    (select coalesce(json_agg(json_build_object(
       'name', c.relname, 'column', case c.relname when 'workspaces' then 'id' else 'workspace_id' end,
       'key', (select a.attname from pg_attribute a
               where a.attrelid = c.oid
                 and (a.attname = 'id'
                      and a.atttypid = case c.relname when 'workspaces' then 'uuid'::regtype else 'text'::regtype end
                      or a.attname = 'workspace_id' and exists (
                        select from pg_index i
                        where i.indrelid = c.oid and i.indisprimary and i.indnkeyatts = 1 and i.indkey[0] = a.attnum))
               order by a.attname limit 1),
       'enabled', c.relrowsecurity, 'forced', c.relrowsecurity and c.relforcerowsecurity,
       'policies', (select count(*) from pg_policy p
                    where p.polrelid = c.oid and p.polroles && array[0::oid, (select oid from api)]),
       'openPolicies', array(select p.polname from pg_policy p
                             where p.polrelid = c.oid and p.polroles && array[0::oid, (select oid from api)] and p.polpermissive
                               and 'true' in (pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
                             order by 1),
       'canTruncate', coalesce((select has_table_privilege(oid, c.oid, 'TRUNCATE') from api), false),
       'canRead', coalesce((select has_table_privilege(oid, c.oid, 'SELECT') from api), false)) order by c.relname), '[]')
     from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
       and (c.relname = 'workspaces' or exists (
         select from pg_attribute a
         where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped))) as tables`;

/** Every workspace-scoped table of the catalog, and the API's role; null when there is none. */
export async function listScopedTables(
  client: ClientBase,
): Promise<{ tables: ScopedTable[]; role: RoleFacts | null }> {
  const { rows } = await client.query<{ tables: ScopedTable[]; role: RoleFacts | null }>(query, [apiRole]);
  return rows[0] ?? { tables: [], role: null };
}

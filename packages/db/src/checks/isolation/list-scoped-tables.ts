import type { ClientBase } from 'pg';
import { apiRole } from './act-as-api.ts';

/** A table whose rows belong to one workspace each. */
export interface ScopedTable {
  readonly name: string;
  /** `workspace_id`, or the id of `workspaces` itself. */
  readonly column: string;
  /** Whether its ids are such as a probe makes. */
  readonly hasProbeId: boolean;
  readonly enabled: boolean;
  readonly forced: boolean;
  /** Policies that bind the API's role. */
  readonly policies: number;
  readonly canTruncate: boolean;
  readonly canRead: boolean;
}

/** What could let the API's role pass by row-level security. */
export interface RoleFacts {
  readonly superuser: boolean;
  readonly bypassRls: boolean;
  /** Roles that it may become and that bypass row-level security. */
  readonly strongerRoles: string[];
}

const query = `
  with api as (select * from pg_roles where rolname = $1)
  select
    (select json_build_object(
       'superuser', rolsuper, 'bypassRls', rolbypassrls,
       'strongerRoles', array(select r.rolname from pg_roles r where (r.rolsuper or r.rolbypassrls)
                              and r.oid <> api.oid and pg_has_role(api.oid, r.oid, 'MEMBER') order by 1))
     from api) as role,
    (select coalesce(json_agg(json_build_object(
       'name', c.relname, 'column', case c.relname when 'workspaces' then 'id' else 'workspace_id' end,
       'hasProbeId', exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'id'
                             and a.atttypid = case c.relname when 'workspaces' then 'uuid'::regtype else 'text'::regtype end),
       'enabled', c.relrowsecurity, 'forced', c.relrowsecurity and c.relforcerowsecurity,
       'policies', (select count(*) from pg_policy p
                    where p.polrelid = c.oid and p.polroles && array[0::oid, (select oid from api)]),
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

import type { ClientBase } from 'pg';

const query = `
  select coalesce(bool_and(not row_security_active(c.oid) or (
    exists (select from bound where polrelid = c.oid and polpermissive and polcmd in ('*', 'r')
            and pg_get_expr(polqual, polrelid) = 'true')
    and not exists (select from bound where polrelid = c.oid and not polpermissive))), true) as "seesEveryRow"
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relname = any($1)`;

/** The policies that bind the role of the session. */
const boundPolicies = `
  with bound as (
    select p.* from pg_policy p
    where exists (select from unnest(p.polroles) role
                  where role = 0 or pg_has_role(current_user, nullif(role, 0), 'USAGE')))`;

/**
 * Whether row-level security hides no row of these tables from the role of the session: it is not bound by it, or one
 * policy lets everything through and none restricts that.
 */
export async function seesEveryRow(client: ClientBase, tables: readonly string[]): Promise<boolean> {
  const { rows } = await client.query<{ seesEveryRow: boolean }>(boundPolicies + query, [tables]);
  return rows[0]?.seesEveryRow ?? false;
}

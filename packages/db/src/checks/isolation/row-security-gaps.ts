import { apiRole } from './act-as-api.ts';
import { notedRole, scopedTables } from './note-scoped-tables.ts';

/** Query of what the catalog says against the API's role. */
export const roleGaps = `
  select 'role ${apiRole} ' || gap as message
  from (select ${notedRole} as role) noted
  cross join lateral (
    select 1 as position, 'does not exist' as gap where role = 'null'
    union all select 2, 'is a superuser' where (role ->> 'superuser')::boolean
    union all select 3, 'has BYPASSRLS' where (role ->> 'bypassRls')::boolean
    union all select 4, format('can become %s, which bypasses row-level security', name)
      from jsonb_array_elements_text(role -> 'strongerRoles') name
    union all select 5, format('can become %s, which has policies of its own', name)
      from jsonb_array_elements_text(role -> 'otherScopes') name) gaps
  order by position, gap`;

/** Query of what the catalog says against the tables. */
export const tableGaps = `
  select name || ' ' || gap as message, name as "table"
  from ${scopedTables}
  cross join lateral (
    select 1 as position, 'has no row-level security' as gap where not enabled
    union all select 2, 'does not force row-level security' where enabled and not forced
    union all select 3, 'has no policy for ${apiRole}' where enabled and not "hasPolicy"
    union all select 4, 'lets ${apiRole} through by the policy ' || policy from unnest("openPolicies") policy
    union all select 5, 'can be truncated by ${apiRole}, which no policy prevents' where "canTruncate") gaps
  order by name, position, gap`;

import { clusterCount, seedMembers, seedRegions, seedScopes, staticApprovers } from './catalogue.ts';
import { expressionsOf, valuesOf } from './expressions.ts';
import type { SeedPlan, SeedStatement } from './seed-plan.ts';

/** Workspaces, people, memberships and sites. */
export function foundation(plan: SeedPlan): SeedStatement[] {
  const { id, pick, fraction } = expressionsOf(plan);
  const openedAt = `(${plan.until} - interval '400 days')`;
  const casesPerWorkspace = Math.ceil((plan.workflows + plan.waitingSubmissions) / plan.workspaces);
  const sitesPerWorkspace = Math.ceil(casesPerWorkspace / seedScopes.length);
  const regions = `(array[${seedRegions.map((region) => `'${region}'`).join(', ')}])`;
  const members = valuesOf(seedMembers);
  return [
    {
      table: 'seed_workspace',
      sql: `
        create temp table seed_workspace on commit drop as
        select workspace_no, ${id('workspace', 'workspace_no::text', openedAt)}::uuid as id
        from generate_series(0, ${plan.workspaces - 1}) workspace_no`,
    },
    {
      table: 'workspaces',
      sql: `
        insert into workspaces (id, code, name, customer_group_id, vendor_owner_id, created_at, updated_at)
        select id, 'SEED-${plan.seed}-' || workspace_no + 1, 'Programme ' || workspace_no + 1, 'customer-' || workspace_no % 3,
          'vendor-' || workspace_no % 2, ${openedAt}, ${openedAt}
        from seed_workspace`,
    },
    {
      table: 'seed_user',
      sql: `
        create temp table seed_user on commit drop as
        select w.workspace_no, w.id as workspace_id, user_no, m.role,
          ${id('user', "w.workspace_no || ':' || user_no", openedAt)} as id,
          case when user_no >= ${staticApprovers.roster.first} and user_no % 20 = 7 then 'INACTIVE' else 'ACTIVE' end as status
        from seed_workspace w
        cross join ${members} m (role, first, many)
        cross join lateral generate_series(m.first, m.first + m.many - 1) user_no`,
    },
    {
      table: 'users',
      sql: `
        insert into users (id, email, email_verified, display_name, phone, status, created_at, updated_at)
        select id, lower(role) || '-' || user_no || '.' || workspace_no + 1 || '.${plan.seed}@seed.example', true,
          initcap(replace(role, '_', ' ')) || ' ' || user_no, '+62811' || lpad((workspace_no * 1000 + user_no)::text, 7, '0'),
          status, ${openedAt}, ${openedAt}
        from seed_user`,
    },
    {
      table: 'workspace_memberships',
      sql: `
        insert into workspace_memberships (id, workspace_id, user_id, role, created_at, updated_at)
        select ${id('membership', 'id', openedAt)}, workspace_id, id, role, ${openedAt}, ${openedAt}
        from seed_user`,
    },
    {
      table: 'sites',
      sql: `
        insert into sites (id, workspace_id, site_code, name, region, city, latitude, longitude, cluster_code, created_at, updated_at)
        select ${id('site', "w.workspace_no || ':' || site_no", openedAt)}, w.id,
          'S' || lpad(site_no::text, 6, '0'), 'Site ' || site_no,
          ${regions}[1 + site_no % ${clusterCount} % ${seedRegions.length}], 'City ' || site_no % ${clusterCount},
          -8 + ${fraction('site_no', 'latitude')} * 10, 98 + ${fraction('site_no', 'longitude')} * 30,
          'CL-' || lpad((site_no % ${clusterCount})::text, 3, '0'),
          ${openedAt} + interval '1 hour' * ${pick('site_no', 'site age', 200)}, ${openedAt} + interval '10 days'
        from seed_workspace w cross join generate_series(0, ${sitesPerWorkspace - 1}) site_no
        order by site_no`,
    },
  ];
}

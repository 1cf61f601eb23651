import { clusterCount, seedRegions } from './catalogue.ts';
import { expressionsOf } from './expressions.ts';
import type { SeedPlan, SeedStatement } from './seed-plan.ts';

/**
 * The approved STAGE overrides that replaced an approver, and other requests that changed nothing yet or no more:
 * STAGE and SUBMISSION ones that were refused or wait, CLUSTER and REGION ones whose period is over.
 */
export function overrides(plan: SeedPlan): SeedStatement[] {
  const { id, pick } = expressionsOf(plan);
  const requester = "u.role = 'DOC_CONTROL' and u.user_no = 3";
  const columns = `insert into approver_overrides (id, workspace_id, override_type, workflow_stage_id, submission_id,
    cluster_code, region, role_code, from_user_id, to_user_id, reason, approval_status, requested_by_id, approved_by_id,
    approved_at, effective_from, effective_to, created_at, updated_at)`;
  const people = `join seed_user u on u.workspace_no = s.workspace_no and ${requester}
    join seed_user manager on manager.workspace_no = s.workspace_no and manager.user_no = 2`;
  return [
    {
      table: 'approver_overrides',
      sql: `${columns}
        select ${id('override', 's.id', 'at')}, s.workspace_id, kind, case kind when 'STAGE' then s.id end, sub.id, null, null,
          null, approver_id, deputy_id, 'On leave', t.status, u.id,
          case when t.status in ('APPROVED', 'REJECTED') then manager.id end,
          case when t.status in ('APPROVED', 'REJECTED') then at end, opened_at, ${plan.until} + interval '14 days', at, at
        from seed_stage s
        ${people}
        join seed_submission sub on sub.n = s.n
        cross join lateral (select opened_at + (${plan.until} - opened_at) * 0.5 as at,
          case when not is_overridden and ${pick('s.n', 'override kind', 2)} = 0 then 'SUBMISSION' else 'STAGE' end as kind,
          case when is_overridden then 'APPROVED' when ${pick('s.n', 'override state', 2)} = 0 then 'REJECTED' else 'PENDING' end
            as status) t
        where s.status = 'PENDING' and (is_overridden or ${pick('s.n', 'override asked', 40)} = 0)
        order by at`,
    },
    {
      table: 'approver_overrides',
      sql: `${columns}
        select ${id('override', "s.workspace_no || ':' || number", 'at')}, s.id,
          case number % 2 when 0 then 'CLUSTER' else 'REGION' end, null, null,
          case number % 2 when 0 then 'CL-' || lpad(number::text, 3, '0') end,
          case number % 2 when 1 then (array[${seedRegions.map((region) => `'${region}'`).join(', ')}])[1 + number % ${seedRegions.length}] end,
          'RTH', null, deputy.id, 'Reorganisation', case number % 3 when 0 then 'APPROVED' when 1 then 'REVOKED' else 'REJECTED' end,
          u.id, manager.id, at, at, at + interval '20 days', at, at
        from seed_workspace s
        ${people}
        cross join generate_series(0, ${clusterCount - 1}) number
        cross join lateral (select ${plan.until} - interval '1 day' * (30 + number) as at) t
        join seed_user deputy on deputy.workspace_no = s.workspace_no and deputy.user_no = 120 + number`,
    },
  ];
}

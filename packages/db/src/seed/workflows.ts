import { expressionsOf } from './expressions.ts';
import type { SeedPlan, SeedStatement } from './seed-plan.ts';

/**
 * The workflows: 70 % COMPLETED, 18 % IN_PROGRESS, 2 % ON_HOLD, 6 % REJECTED, 4 % CANCELLED; most of the latest
 * 16 % still run, and a few of the older ones, on the version that they started with.
 *
 * `seed_workflow` also says how far each has come: `decided_stages` stages until `decided_at`, and whether
 * (`punch_stage`) one of them was approved with a punchlist, `settled` since.
 */
export function workflows(plan: SeedPlan): SeedStatement[] {
  const { id, pick, fraction } = expressionsOf(plan);
  const recent = `n >= ${Math.floor(plan.workflows * 0.84)}`;
  const elapsed = `(${plan.until} - started_at)`;
  return [
    {
      table: 'seed_workflow',
      sql: `
        create temp table seed_workflow on commit drop as
        with placed as (
          select s.n, ${id('workflow', 's.n::text', 's.start_at')} as id, s.start_at as started_at, r.*, si.id as site_id,
            si.cluster_code, ${pick('s.n', 'status', 1000)} as lot
          from seed_submission s
          join seed_route r on r.workspace_no = s.workspace_no and r.version_number = s.version_number
            and r.scope_no = s.scope_no and r.vendor_no = s.vendor_no
          join sites si on si.workspace_id = s.workspace_id and si.site_code = 'S' || lpad(s.site_no::text, 6, '0')
          where s.n < ${plan.workflows}
        ), judged as (
          select *, case
              when lot < case when ${recent} then 900 else 67 end
                then case ${pick('n', 'hold', 10)} when 0 then 'ON_HOLD' else 'IN_PROGRESS' end
              when lot < case when ${recent} then 970 else 887 end then 'COMPLETED'
              when lot < case when ${recent} then 990 else 955 end then 'REJECTED'
              else 'CANCELLED' end as status
          from placed
        ), advanced as (
          select *, case status
              when 'COMPLETED' then stages
              when 'REJECTED' then 1 + ${pick('n', 'rejected at', 'stages')}
              else least(1 + ${pick('n', 'decided', 'stages - 1')}, floor(date_part('epoch', ${elapsed}) / 86400))::int
            end as decided_stages
          from judged
        ), timed as (
          select *, case
              when decided_stages = 0 then started_at
              when status in ('IN_PROGRESS', 'ON_HOLD')
                then ${plan.until} - least(interval '72 hours' * ${fraction('n', 'opened')}, ${elapsed} * 0.5)
              else started_at + least(interval '1 hour' * decided_stages * (6 + 42 * ${fraction('n', 'pace')}), ${elapsed} * 0.9)
            end as decided_at
          from advanced
        ), approved as (
          select *, decided_stages - case status when 'REJECTED' then 1 else 0 end as approved_stages from timed
        )
        select *, case
            when status in ('COMPLETED', 'REJECTED') then decided_at
            when status = 'CANCELLED' then decided_at + least(interval '2 days', (${plan.until} - decided_at) * 0.5)
          end as closed_at,
          case status when 'COMPLETED' then stages when 'REJECTED' then decided_stages else decided_stages + 1 end as current_stage,
          case when approved_stages > 0 and ${pick('n', 'has punchlist', 100)} < 14
            then 1 + ${pick('n', 'punch stage', 'approved_stages')} end as punch_stage,
          ${pick('n', 'settled', 100)} < case status when 'COMPLETED' then 85 else 40 end as settled
        from approved`,
    },
    {
      table: 'workflow_instances',
      sql: `
        insert into workflow_instances (id, workspace_id, config_version_id, policy_id, site_id, scope_id, vendor_id,
          atp_category, status, current_stage_number, total_stages, routing_snapshot, started_at, completed_at, created_at, updated_at)
        select w.id, workspace_id, config_version_id, w.policy_id, site_id, scope_id, vendor_id, atp_category, status,
          current_stage, stages, snapshot, started_at, closed_at, started_at, coalesce(closed_at, decided_at)
        from seed_workflow w
        join seed_snapshot t on t.policy_id = w.policy_id and t.cluster_code = w.cluster_code
        order by w.n`,
    },
  ];
}

import { expressionsOf } from './expressions.ts';
import type { SeedPlan, SeedStatement } from './seed-plan.ts';

/** The stages of the workflows, one row per seat of the chain, and everything that has been done on them. */
export function stages(plan: SeedPlan): SeedStatement[] {
  return [placeStages(plan), insertStages, insertActions(plan)];
}

/**
 * `seed_stage`: the decided stages of a workflow share its time unevenly; the seats of a parallel stage open together
 * and all but the last decide half-way. Approved STAGE overrides have replaced some approvers of PENDING stages.
 */
function placeStages(plan: SeedPlan): SeedStatement {
  const { id, pick, fraction } = expressionsOf(plan);
  const key = 'w.n * 16 + step';
  const seatKey = 'n * 64 + step * 2 + member';
  const doneAt = (step: string) => `case
    when ${step} <= 0 then w.started_at
    when ${step} >= w.decided_stages then w.decided_at
    else w.started_at + (w.decided_at - w.started_at)
      * ((${step} - 0.5 * ${fraction(`w.n * 16 + ${step}`, 'share')}) / w.decided_stages) end`;
  const isRunning = "w.status in ('IN_PROGRESS', 'ON_HOLD')";
  return {
    table: 'seed_stage',
    sql: `
      create temp table seed_stage on commit drop as
      with seat as (
        select w.n, w.id as workflow_id, w.workspace_id, w.workspace_no, w.started_at, w.status as workflow_status, w.settled,
          w.closed_at,
          s.step, s.sequence_order, s.member, s.parallel_group, s.is_required, s.sla_hours, s.role_id, s.approver_id, s.deputy_id,
          ${id('stage', "w.n || ':' || s.step || ':' || s.member", 'w.started_at')} as id,
          case
            when step <= w.decided_stages then case
              when w.status = 'REJECTED' and step = w.decided_stages and member = members then 'REJECTED'
              when step = w.punch_stage and member = 1 then 'APPROVED_WITH_PUNCHLIST'
              when not is_required and ${pick(key, 'skipped', 3)} = 0
                and not (w.status = 'REJECTED' and step = w.decided_stages) then 'SKIPPED'
              else 'APPROVED' end
            when not ${isRunning} then 'CANCELLED'
            when step > w.decided_stages + 1 then 'WAITING'
            when member < members and ${pick(key, 'half', 2)} = 0 then 'APPROVED'
            else 'PENDING' end as status,
          case when step <= w.current_stage then ${doneAt('step - 1')} end as reached_at,
          case when step > w.decided_stages then ${plan.until} else ${doneAt('step')} end as left_at,
          member < members as is_early
        from seed_workflow w
        join seed_seat s on s.policy_id = w.policy_id and s.cluster_code = w.cluster_code
      ), decided as (
        select *, case when status in ('APPROVED', 'APPROVED_WITH_PUNCHLIST', 'REJECTED')
            then case when is_early then reached_at + (left_at - reached_at) * 0.5 else left_at end end as decided_at,
          case status when 'SKIPPED' then left_at when 'CANCELLED' then closed_at end as dropped_at,
          case when status <> 'SKIPPED' then reached_at end as opened_at,
          status = 'PENDING' and ${pick(seatKey, 'override', 40)} = 0 as is_overridden
        from seat
      )
      select *, opened_at + interval '1 hour' * sla_hours as sla_due_at,
        coalesce(decided_at, dropped_at, ${plan.until}) as clock_stopped_at,
        date_bin('15 minutes', opened_at + interval '1 hour' * sla_hours, '2000-01-01') + interval '15 minutes' as marked_at
      from decided`,
  };
}

const insertStages: SeedStatement = {
  table: 'workflow_stages',
  sql: `
    insert into workflow_stages (id, workspace_id, workflow_id, role_id, stage_number, sequence_order, parallel_group,
      is_required, approver_id, status, decision, comment, sla_hours, opened_at, sla_due_at, sla_breached_at, decided_at,
      created_at, updated_at)
    select id, workspace_id, workflow_id, role_id, step, sequence_order, parallel_group, is_required,
      case when is_overridden then deputy_id else approver_id end, status,
      case status when 'APPROVED' then 'APPROVE' when 'APPROVED_WITH_PUNCHLIST' then 'APPROVE_WITH_PUNCHLIST'
        when 'REJECTED' then 'REJECT' end,
      case status when 'REJECTED' then 'Critical defects, see punchlist' when 'APPROVED_WITH_PUNCHLIST' then 'Defects to be fixed' end,
      sla_hours, opened_at, sla_due_at, case when marked_at <= clock_stopped_at then marked_at end, decided_at, started_at,
      coalesce(decided_at, dropped_at, opened_at, started_at)
    from seed_stage`,
};

function insertActions(plan: SeedPlan): SeedStatement {
  const { id } = expressionsOf(plan);
  const padding = `left(repeat(a.id, ${Math.ceil(plan.paddingBytes / 36)}), ${plan.paddingBytes})`;
  return {
    table: 'workflow_stage_actions',
    sql: `
      insert into workflow_stage_actions (id, workspace_id, workflow_stage_id, action_type, actor_id, comment, details, created_at)
      select a.id, s.workspace_id, s.id, action_type, actor_id, ${plan.paddingBytes > 0 ? padding : 'null'}, details, done_at
      from seed_stage s
      cross join lateral (values
        ('REASSIGNED', null, case when is_overridden then opened_at + (${plan.until} - opened_at) * 0.5 end,
          case when is_overridden then jsonb_build_object('fromUserId', approver_id, 'toUserId', deputy_id) end),
        ('SLA_BREACHED', null, case when marked_at <= clock_stopped_at then marked_at end, '{}'),
        (status, case when decided_at is not null then approver_id end, coalesce(decided_at, dropped_at), '{}')
      ) done (action_type, actor_id, done_at, details)
      cross join lateral (select ${id('action', "s.id || ':' || action_type", 'done_at')} as id) a
      where done_at is not null
      order by done_at`,
  };
}

import type { Pool } from 'pg';

/** Each finds rows that contradict each other, whatever way they came about. */
const faults: Readonly<Record<string, string>> = {
  'a running workflow has open stages of one number, its current one; those before are done, those after wait': `
    select w.id from workflow_instances w join workflow_stages s on s.workflow_id = w.id
    where w.status in ('IN_PROGRESS', 'ON_HOLD')
    group by w.id, w.current_stage_number
    having not coalesce(bool_or(s.status = 'PENDING'), false)
      or bool_or(s.status = 'PENDING' and s.stage_number <> w.current_stage_number)
      or bool_or(s.status in ('WAITING', 'PENDING') and s.stage_number < w.current_stage_number)
      or bool_or(s.status not in ('WAITING', 'SKIPPED') and s.stage_number > w.current_stage_number)
      or bool_or(s.status = 'WAITING' and s.stage_number = w.current_stage_number)`,
  'an ended workflow has no stage to decide, and ended as its stages say': `
    select w.id from workflow_instances w join workflow_stages s on s.workflow_id = w.id
    where w.status not in ('IN_PROGRESS', 'ON_HOLD')
    group by w.id, w.status, w.completed_at
    having bool_or(s.status in ('WAITING', 'PENDING')) or w.completed_at is null
      or (w.status = 'REJECTED') <> bool_or(s.status = 'REJECTED')
      or (w.status = 'COMPLETED') <> bool_and(s.status in ('APPROVED', 'APPROVED_WITH_PUNCHLIST', 'SKIPPED'))`,
  'a stage is what the last entry of its log says': `
    select s.id from workflow_stages s
    left join lateral (
      select a.action_type from workflow_stage_actions a
      where a.workflow_stage_id = s.id
        and a.action_type not in ('REASSIGNED', 'SLA_BREACHED', 'COMMENTED', 'RESUMED')
      order by a.id desc limit 1
    ) last on true
    where coalesce(last.action_type, 'WAITING')
      <> case s.status when 'PENDING' then 'OPENED' else s.status end`,
  'a stage is opened and ended once at most': `
    select workflow_stage_id from workflow_stage_actions
    where action_type not in ('REASSIGNED', 'SLA_BREACHED', 'COMMENTED', 'RESUMED')
    group by workflow_stage_id
    having count(*) filter (where action_type = 'OPENED') > 1 or count(*) filter (where action_type <> 'OPENED') > 1`,
  'a decided stage was decided by its approver, and an open one has its clock unless it is held': `
    select s.id from workflow_stages s join workflow_instances w on w.id = s.workflow_id
    where (s.decision is not null) <> (s.status in ('APPROVED', 'APPROVED_WITH_PUNCHLIST', 'REJECTED'))
      or (s.decision is not null and not exists (
        select from workflow_stage_actions a
        where a.workflow_stage_id = s.id and a.action_type = s.status and a.actor_id = s.approver_id))
      or (s.status = 'PENDING' and (s.sla_due_at is null) <> (w.status = 'ON_HOLD'))`,
  'a submission is where its workflow has brought it': `
    select s.id from atp_submissions s left join workflow_instances w on w.id = s.workflow_id
    where case s.status
      when 'IN_REVIEW' then w.status in ('IN_PROGRESS', 'ON_HOLD')
      when 'RECTIFICATION' then w.status = 'REJECTED' and s.resume_stage_number = (
        select stage_number from workflow_stages where workflow_id = w.id and status = 'REJECTED')
      when 'CANCELLED' then coalesce(w.status in ('REJECTED', 'CANCELLED'), true)
      when 'DRAFT' then coalesce(w.status = 'REJECTED', true)
      when 'QA_REVIEW' then coalesce(w.status = 'REJECTED', true)
      else w.status = 'COMPLETED' end is not true`,
  'a running workflow belongs to the submission that is in review by it': `
    select w.id from workflow_instances w left join atp_submissions s on s.workflow_id = w.id
    where w.status in ('IN_PROGRESS', 'ON_HOLD') and s.status is distinct from 'IN_REVIEW'`,
  'an approved submission is completed exactly when every item is closed': `
    select s.id from atp_submissions s
    where s.status in ('APPROVED', 'APPROVED_WITH_PUNCHLIST', 'COMPLETED')
      and (s.status = 'COMPLETED') = exists (
        select from workflow_instances w join punchlists p on p.workflow_id = w.id
        join punchlist_items i on i.punchlist_id = p.id
        where w.routing_snapshot ->> 'submissionId' = s.id and i.status <> 'CLOSED')`,
  'a list is closed exactly when its items are, and cancelled only with its submission': `
    select p.id from punchlists p join punchlist_items i on i.punchlist_id = p.id
    join workflow_instances w on w.id = p.workflow_id
    join atp_submissions s on s.id = w.routing_snapshot ->> 'submissionId'
    group by p.id, p.status, s.status
    having (p.status = 'CLOSED') <> bool_and(i.status = 'CLOSED')
      or (p.status = 'CANCELLED') <> (s.status = 'CANCELLED' and not bool_and(i.status = 'CLOSED'))`,
  'an item carries what its state needs, and nothing that a later one would bring': `
    select id from punchlist_items
    where (status = 'OPEN') <> (evidence_document_id is null) or (status = 'OPEN') <> (rectified_at is null)
      or (status in ('QA_VALIDATED', 'CLOSED')) <> (validated_at is not null)
      or (status = 'CLOSED') <> (closed_at is not null)`,
  'a submission is what its history says last': `
    select s.id from atp_submissions s
    where s.status is distinct from (
      select e.details ->> 'to' from audit_events e
      where e.entity_type = 'submission' and e.entity_id = s.id and e.details ? 'to'
      order by e.id desc limit 1)`,
  'a submission that has ended says when, and no other does': `
    select id from atp_submissions where (status in ('COMPLETED', 'CANCELLED')) <> (completed_at is not null)`,
};

/** What contradicts itself in the data of submissions, workflows and punchlists, each with the ids of the rows. */
export async function findLifecycleFaults(pool: Pool): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const [rule, sql] of Object.entries(faults)) {
    const { rows } = await pool.query<Record<string, string>>(sql);
    if (rows.length > 0) found[rule] = rows.flatMap((row) => Object.values(row));
  }
  return found;
}

/** What must hold in a seeded database beyond its constraints: each query selects what breaks the rule. */
export const seedInvariants: Readonly<Record<string, string>> = {
  'a stage has the seat, the order and the time limit of its policy': `
    select w.id from workflow_instances w
    where array(select (stage_number, sequence_order, parallel_group, is_required, sla_hours, role_id)::text
                from workflow_stages s where s.workflow_id = w.id order by 1)
      <> array(select (stage_number, sequence_order, parallel_group, is_required, sla_hours, role_id)::text
               from approval_policy_stages p where p.policy_id = w.policy_id order by 1)`,
  'a chain has 6 to 9 approvals, numbered without gaps': `
    select workflow_id from workflow_stages group by 1
    having count(*) not between 6 and 9 or count(distinct stage_number) <> max(stage_number)`,
  'a workflow counts its stages': `
    select w.id from workflow_instances w
    where total_stages <> (select max(stage_number) from workflow_stages s where s.workflow_id = w.id)`,
  'a running workflow waits for its current stage': `
    select w.id from workflow_instances w join workflow_stages s on s.workflow_id = w.id
    where w.status in ('IN_PROGRESS', 'ON_HOLD') group by w.id
    having bool_or(s.status in ('REJECTED', 'CANCELLED'))
      or bool_or(s.status = 'PENDING' and s.stage_number <> w.current_stage_number)
      or bool_or(s.status = 'WAITING' and s.stage_number <= w.current_stage_number)
      or bool_or(s.status not in ('PENDING', 'WAITING') and s.stage_number > w.current_stage_number)
      or not bool_or(s.status = 'PENDING')`,
  'an ended workflow has no open stage': `
    select w.id from workflow_instances w join workflow_stages s on s.workflow_id = w.id
    where w.status in ('COMPLETED', 'REJECTED', 'CANCELLED') and s.status in ('WAITING', 'PENDING')`,
  'a completed workflow was approved throughout': `
    select w.id from workflow_instances w join workflow_stages s on s.workflow_id = w.id
    where w.status = 'COMPLETED' and s.status not in ('APPROVED', 'APPROVED_WITH_PUNCHLIST', 'SKIPPED')`,
  'a rejected workflow was rejected once, where it stands': `
    select w.id from workflow_instances w join workflow_stages s on s.workflow_id = w.id group by w.id
    having count(*) filter (where s.status = 'REJECTED') <> case w.status when 'REJECTED' then 1 else 0 end
      or bool_or(s.status = 'REJECTED' and s.stage_number <> w.current_stage_number)`,
  'only an optional stage is skipped': `select id from workflow_stages where status = 'SKIPPED' and is_required`,
  'an ended workflow says when': `
    select id from workflow_instances where (completed_at is null) <> (status in ('IN_PROGRESS', 'ON_HOLD'))`,
  'decision, status and time of a stage agree': `
    select id from workflow_stages
    where (decision is null) <> (status not in ('APPROVED', 'APPROVED_WITH_PUNCHLIST', 'REJECTED'))
      or (decided_at is null) <> (decision is null) or decided_at < opened_at or opened_at < created_at
      or (status = 'PENDING' and opened_at is null) or (status = 'WAITING' and opened_at is not null)
      or (sla_due_at is null) <> (opened_at is null)`,
  'a stage opens when the one before has been decided': `
    select later.id from workflow_stages earlier join workflow_stages later on later.workflow_id = earlier.workflow_id
      and later.stage_number = earlier.stage_number + 1
    where later.opened_at < earlier.decided_at`,
  'a breach is marked after its time and before the decision': `
    select id from workflow_stages where sla_breached_at < sla_due_at or sla_breached_at > decided_at`,
  'every stage has an active approver': `
    select s.id from workflow_stages s left join users u on u.id = s.approver_id where u.status is distinct from 'ACTIVE'`,
  'an approver is a member of the workspace': `
    select s.id from workflow_stages s
    where not exists (select from workspace_memberships m
                      where m.workspace_id = s.workspace_id and m.user_id = s.approver_id and m.role = 'APPROVER')`,
  'what ended a stage is logged once, with its actor and time': `
    select s.id from workflow_stages s
    left join workflow_stage_actions a on a.workflow_stage_id = s.id and a.action_type = s.status
      and a.actor_id is not distinct from case when s.decision is not null then s.approver_id end
      and a.created_at = coalesce(s.decided_at, s.updated_at)
    where s.status not in ('WAITING', 'PENDING') group by s.id having count(a.id) <> 1`,
  'nothing is logged that did not happen': `
    select a.id from workflow_stage_actions a join workflow_stages s on s.id = a.workflow_stage_id
    where a.action_type not in ('REASSIGNED', 'SLA_BREACHED') and a.action_type <> s.status
      or a.action_type = 'SLA_BREACHED' and a.created_at is distinct from s.sla_breached_at`,
  'a workflow started under the version then active': `
    select w.id from workflow_instances w join config_versions v on v.id = w.config_version_id
    where v.status not in ('ACTIVE', 'SUPERSEDED') or w.started_at < v.activated_at or w.started_at >= v.superseded_at`,
  'a workflow has the policy that its scope, vendor and category resolve to': `
    select w.id from workflow_instances w
    where policy_id <> (
      select p.id from approval_policy_master p
      where p.scope_id = w.scope_id and p.is_active and (p.vendor_id is null or p.vendor_id = w.vendor_id)
        and (p.atp_category = w.atp_category or (p.vendor_id is null and p.atp_category = 'BOTH'))
      order by p.vendor_id is null, p.atp_category <> w.atp_category, p.fallback_priority, p.id limit 1)`,
  'a workspace has one version of each: SUPERSEDED, ACTIVE, DRAFT': `
    select workspace_id from config_versions group by 1
    having array_agg(status order by version_number) <> array['SUPERSEDED', 'ACTIVE', 'DRAFT']`,
  'a version says who imported and who activated it': `
    select id from config_versions
    where imported_by_id is null or (status <> 'DRAFT' and (activated_by_id is null or activated_at < imported_at))`,
  'a workflow belongs to one submission of its site, scope and category': `
    select w.id from workflow_instances w
    left join atp_submissions s on s.workflow_id = w.id and s.workspace_id = w.workspace_id and s.site_id = w.site_id
      and s.scope_id = w.scope_id and s.atp_category = w.atp_category and s.vendor_id = w.vendor_id
      and s.submitted_at <= w.started_at
    group by w.id having count(s.id) <> 1`,
  'a submission stands where its workflow does': `
    select s.id from atp_submissions s left join workflow_instances w on w.id = s.workflow_id
    where not coalesce(s.status = any (case w.status
      when 'COMPLETED' then array['APPROVED', 'APPROVED_WITH_PUNCHLIST', 'COMPLETED']
      when 'REJECTED' then array['RECTIFICATION'] when 'CANCELLED' then array['CANCELLED']
      when 'IN_PROGRESS' then array['IN_REVIEW'] when 'ON_HOLD' then array['IN_REVIEW']
      else array['DRAFT', 'QA_REVIEW'] end), false)`,
  'a completed submission has no open defect': `
    select s.id from atp_submissions s join punchlists p on p.workflow_id = s.workflow_id
    join punchlist_items i on i.punchlist_id = p.id
    where s.status = 'COMPLETED' and (i.status <> 'CLOSED' or p.status <> 'CLOSED' or i.closed_at > s.completed_at)`,
  'a submission has its documents': `
    select s.id from atp_submissions s left join atp_submission_documents d on d.submission_id = s.id
    group by s.id having count(d.id) <> 2`,
  'a punchlist belongs to the stage that raised it': `
    select s.id from workflow_stages s left join punchlists p on p.workflow_stage_id = s.id and p.workflow_id = s.workflow_id
    group by s.id having count(p.id) <> case when s.status in ('REJECTED', 'APPROVED_WITH_PUNCHLIST') then 1 else 0 end`,
  'a rejection names a critical defect, an approval none': `
    select p.id from punchlists p join workflow_stages s on s.id = p.workflow_stage_id
    left join punchlist_items i on i.punchlist_id = p.id group by p.id, s.status
    having count(i.id) = 0 or bool_or(i.severity = 'CRITICAL') <> (s.status = 'REJECTED')`,
  'a punchlist is closed when its items are': `
    select p.id from punchlists p join punchlist_items i on i.punchlist_id = p.id group by p.id
    having (p.status = 'CLOSED') <> bool_and(i.status = 'CLOSED') or (p.status = 'CLOSED') <> (p.closed_at is not null)`,
  'an item has the times of its states': `
    select id from punchlist_items
    where (status = 'OPEN') <> (rectified_at is null) or (status in ('QA_VALIDATED', 'CLOSED')) <> (validated_at is not null)
      or (status = 'CLOSED') <> (closed_at is not null) or not (created_at <= coalesce(rectified_at, created_at))
      or rectified_at > validated_at or validated_at > closed_at`,
  'an approved override of a stage is in force and logged there': `
    select o.id from approver_overrides o join workflow_stages s on s.id = o.workflow_stage_id
    left join workflow_stage_actions a on a.workflow_stage_id = s.id and a.action_type = 'REASSIGNED'
    where (o.approval_status = 'APPROVED') <> (s.approver_id = o.to_user_id)
      or (o.approval_status = 'APPROVED') <> (a.id is not null)`,
  'a judged override names its judge': `
    select id from approver_overrides where (approval_status = 'PENDING') <> (approved_by_id is null)`,
  'ids are time-ordered UUIDs': `
    select id from (select id, created_at from workflow_instances union all select id, created_at from workflow_stages
      union all select id, created_at from workflow_stage_actions union all select id, created_at from documents
      union all select id, created_at from audit_events union all select id, created_at from atp_submissions) entry
    where id !~ '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-b[0-9a-f]{3}-[0-9a-f]{12}$'
      or abs(('x' || left(replace(id, '-', ''), 12))::bit(48)::bigint - date_part('epoch', created_at) * 1000) > 1`,
  'nothing happens after the end of the history': `
    select id from workflow_stages where greatest(created_at, opened_at, decided_at, sla_breached_at, updated_at) > timestamptz '2026-01-01 UTC'
    union all select id from workflow_stage_actions where created_at > timestamptz '2026-01-01 UTC'
    union all select id from punchlist_items where updated_at > timestamptz '2026-01-01 UTC'
    union all select id from atp_submissions where greatest(updated_at, completed_at) > timestamptz '2026-01-01 UTC'
    union all select id from documents where created_at > timestamptz '2026-01-01 UTC'
    union all select id from audit_events where created_at > timestamptz '2026-01-01 UTC'`,
};

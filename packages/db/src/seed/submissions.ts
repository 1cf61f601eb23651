import { activatedAt } from './activation.ts';
import { seedScopes, seedVendors } from './catalogue.ts';
import { expressionsOf } from './expressions.ts';
import type { SeedPlan, SeedStatement } from './seed-plan.ts';

/**
 * `seed_submission`: what is submitted where and when, one row per workflow in the order of their start (`n`), then
 * those that no workflow has started for. Each site is submitted once per scope, so none is open twice.
 */
export function placeSubmissions(plan: SeedPlan): SeedStatement {
  const { id, pick, fraction } = expressionsOf(plan);
  const { workspaces, workflows, waitingSubmissions, until } = plan;
  const total = workflows + waitingSubmissions;
  const createdAt = "start_at - interval '4 days'";
  return {
    table: 'seed_submission',
    sql: `
      create temp table seed_submission on commit drop as
      select n, w.workspace_no, w.id as workspace_id, c.case_no, case_no / ${seedScopes.length} as site_no,
        case_no % ${seedScopes.length} as scope_no, ${pick('n', 'vendor', seedVendors.length)} as vendor_no, start_at,
        case when start_at < ${activatedAt(plan, 2)} then 1 else 2 end as version_number,
        ${id('submission', 'n::text', createdAt)} as id, ${createdAt} as created_at,
        start_at - interval '1 hour' * (1 + ${pick('n', 'qa', 60)}) as submitted_at,
        ${pick('n', 'submitter', 24)} + 16 as submitter_no
      from generate_series(0, ${total - 1}) n
      cross join lateral (select n / ${workspaces} as case_no) c
      join seed_workspace w on w.workspace_no = n % ${workspaces}
      cross join lateral (select case when n < ${workflows}
        then ${until} - interval '360 days' * (1 - (n + ${fraction('n', 'start')}) / ${workflows})
        else ${until} - interval '1 hour' * (1 + ${fraction('n', 'start')}) end as start_at) t`,
  };
}

/** The submissions of the workflows, those still awaiting one, and the documents of each. */
export function submissions(plan: SeedPlan): SeedStatement[] {
  const { id, pick, checksum } = expressionsOf(plan);
  const documentId = id('document', "s.n || ':' || d.number", 's.created_at');
  const types = "(array['ATP_FORM', 'TEST_REPORT'])[d.number]";
  return [
    {
      table: 'atp_submissions',
      sql: `
        insert into atp_submissions (id, workspace_id, submission_number, site_id, scope_id, scope_code, atp_category,
          vendor_id, status, workflow_id, resume_stage_number, submitted_by_id, submitted_at, completed_at, created_at, updated_at)
        select s.id, s.workspace_id, 'ATP-' || lpad((s.case_no + 1)::text, 7, '0'), si.id, r.scope_id, r.scope_code,
          r.atp_category, r.vendor_id, t.status, w.id, case w.status when 'REJECTED' then w.decided_stages end, u.id,
          case t.status when 'DRAFT' then null else s.submitted_at end,
          case when t.status in ('COMPLETED', 'CANCELLED') then greatest(w.closed_at, p.closed_at) end,
          s.created_at, case t.status when 'DRAFT' then s.created_at else coalesce(greatest(w.closed_at, p.closed_at), w.started_at, s.submitted_at) end
        from seed_submission s
        join seed_route r on r.workspace_no = s.workspace_no and r.version_number = s.version_number
          and r.scope_no = s.scope_no and r.vendor_no = s.vendor_no
        join sites si on si.workspace_id = s.workspace_id and si.site_code = 'S' || lpad(s.site_no::text, 6, '0')
        join seed_user u on u.workspace_no = s.workspace_no and u.user_no = s.submitter_no
        left join seed_workflow w on w.n = s.n
        left join (select workflow_id, max(closed_at) as closed_at, bool_and(status = 'CLOSED') as closed
                   from seed_punchlist group by 1) p on p.workflow_id = w.id
        cross join lateral (select case
          when w.status is null then case ${pick('s.n', 'waiting', 3)} when 0 then 'DRAFT' else 'QA_REVIEW' end
          when w.status in ('IN_PROGRESS', 'ON_HOLD') then 'IN_REVIEW'
          when w.status = 'REJECTED' then 'RECTIFICATION'
          when w.status = 'CANCELLED' then 'CANCELLED'
          when not p.closed then 'APPROVED_WITH_PUNCHLIST'
          when ${pick('s.n', 'approved', 50)} = 0 then 'APPROVED'
          else 'COMPLETED' end as status) t
        order by s.n`,
    },
    {
      table: 'documents',
      sql: `
        insert into documents (id, workspace_id, name, media_type, size_bytes, sha256, storage_key, uploaded_by_id, created_at)
        select id, workspace_id, lower(type) || '.pdf', 'application/pdf', 10000 + size, ${checksum('id')},
          workspace_id || '/' || id, user_id, created_at
        from (
          select s.n, s.workspace_id, u.id as user_id, s.created_at, ${documentId} as id, ${types} as type,
            ${pick('s.n * 2 + d.number', 'document size', 5_000_000)} as size
          from seed_submission s cross join generate_series(1, 2) d (number)
          join seed_user u on u.workspace_no = s.workspace_no and u.user_no = s.submitter_no
          offset 0
        ) document
        order by n`,
    },
    {
      table: 'atp_submission_documents',
      sql: `
        insert into atp_submission_documents (id, workspace_id, submission_id, document_id, document_type, created_at)
        select ${id('submission document', "s.n || ':' || d.number", 's.created_at')}, s.workspace_id, s.id, ${documentId},
          ${types}, s.created_at
        from seed_submission s cross join generate_series(1, 2) d (number)
        order by s.n`,
    },
  ];
}

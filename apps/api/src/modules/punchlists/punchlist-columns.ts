import { Prisma } from '@apms/db';
import { isWorkflowOfSubmission } from '../submissions/workflows-of-submission.ts';

/** Where the list `p` is: its workflow `w`, site `si`, and submission `s` if there is one. */
export const punchlistPlace = Prisma.sql`
  join workflow_instances w on w.id = p.workflow_id and w.workspace_id = p.workspace_id
  join sites si on si.id = w.site_id and si.workspace_id = w.workspace_id
  left join atp_submissions s on ${isWorkflowOfSubmission}`;

/** `select` of a punchlist as its schema names it, from {@link punchlistTables}. */
export const punchlistColumns = Prisma.sql`
  select p.id, p.workflow_id as "workflowId", p.workflow_stage_id as "workflowStageId",
         st.stage_number as "stageNumber", r.role_code as "roleCode", s.id as "submissionId",
         s.submission_number as "submissionNumber", si.id as "siteId", si.site_code as "siteCode", p.title, p.status,
         c.items as "itemCount", c.closed as "closedItemCount", p.closed_at as "closedAt",
         p.created_at as "createdAt", p.updated_at as "updatedAt"`;

export const punchlistTables = Prisma.sql`
  from punchlists p
  ${punchlistPlace}
  join workflow_stages st on st.id = p.workflow_stage_id and st.workspace_id = p.workspace_id
  join approval_role_master r on r.id = st.role_id and r.workspace_id = st.workspace_id
  cross join lateral (
    select count(*)::int as items, (count(*) filter (where i.status = 'CLOSED'))::int as closed
    from punchlist_items i where i.punchlist_id = p.id and i.workspace_id = p.workspace_id
  ) c`;

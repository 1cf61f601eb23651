import { Prisma } from '@apms/db';
import type { InboxTask, ListInbox, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { containing, listPage, type Page } from '../../list-page.ts';
import { awaitingCaller, inboxTables } from './inbox-rows.ts';
import { personJson } from './workflow-columns.ts';

// Asked for each row of the page, so that the plan of the list stays what it is.
const vendorCode = Prisma.sql`
  (select ve.vendor_code from vendor_master ve where ve.id = w.vendor_id and ve.workspace_id = w.workspace_id)`;
const submission = Prisma.sql`
  (select jsonb_build_object('id', su.id, 'submissionNumber', su.submission_number, 'revisionNumber', su.revision_number)
   from atp_submissions su where su.workflow_id = w.id and su.workspace_id = w.workspace_id limit 1)`;
const parallelWith = Prisma.sql`
  case when s.parallel_group is null then '[]' else coalesce((
    select jsonb_agg(
      jsonb_build_object('roleCode', ro.role_code, 'approver', ${personJson('u')}, 'status', o.status)
      order by o.sequence_order, o.id)
    from workflow_stages o
    join approval_role_master ro on ro.id = o.role_id and ro.workspace_id = o.workspace_id
    left join users u on u.id = o.approver_id
    where o.workflow_id = s.workflow_id and o.workspace_id = s.workspace_id
      and o.parallel_group = s.parallel_group and o.id <> s.id), '[]') end`;

/** The hot query `pendingTasks`, page by page. @throws {AppError} CURSOR_INVALID */
export async function listInbox(
  { db, actor }: WorkspaceContext,
  { scopeCode, roleCode, siteId, search, breached, limit, cursor }: ListInbox,
): Promise<Page<Produced<typeof InboxTask>>> {
  const where = awaitingCaller({ db, actor });
  if (scopeCode !== undefined) where.push(Prisma.sql`sc.scope_code = ${scopeCode}`);
  if (roleCode !== undefined) where.push(Prisma.sql`r.role_code = ${roleCode}`);
  if (siteId !== undefined) where.push(Prisma.sql`w.site_id = ${siteId}`);
  if (search !== undefined) {
    const pattern = containing(search);
    where.push(Prisma.sql`(si.site_code ilike ${pattern} or si.name ilike ${pattern})`);
  }
  if (breached !== undefined) where.push(Prisma.sql`(s.sla_breached_at is not null) = ${breached}`);
  return await listPage(db, {
    select: Prisma.sql`
      select s.id as "stageId", s.workflow_id as "workflowId", s.stage_number as "stageNumber",
             s.sla_due_at as "slaDueAt", s.sla_breached_at as "slaBreachedAt", r.role_code as "roleCode",
             sc.scope_code as "scopeCode", w.atp_category as "atpCategory", si.id as "siteId",
             si.site_code as "siteCode", si.name as "siteName", w.total_stages as "totalStages",
             s.opened_at as "openedAt", ${vendorCode} as "vendorCode", ${submission} as submission,
             ${parallelWith} as "parallelWith"`,
    from: inboxTables,
    where,
    sort: { column: Prisma.sql`s.sla_due_at`, type: 'timestamptz' },
    id: Prisma.sql`s.id`,
    direction: 'asc',
    limit,
    cursor,
  });
}

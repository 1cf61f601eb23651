import { Prisma } from '@apms/db';

/** `select` of a submission as its schema names it, from {@link submissionTables}. */
export const submissionColumns = Prisma.sql`
  select s.id, s.submission_number as "submissionNumber", s.site_id as "siteId", si.site_code as "siteCode",
         si.name as "siteName", s.scope_code as "scopeCode", sc.scope_name as "scopeName",
         s.atp_category as "atpCategory", v.vendor_code as "vendorCode", v.vendor_name as "vendorName",
         s.revision_number as "revisionNumber", s.status, s.workflow_id as "workflowId",
         s.resume_stage_number as "resumeStageNumber", s.submitted_by_id as "submittedById",
         (select u.display_name from users u where u.id = s.submitted_by_id) as "submittedByName",
         s.submitted_at as "submittedAt", s.completed_at as "completedAt", s.created_at as "createdAt",
         s.updated_at as "updatedAt"`;

export const submissionTables = Prisma.sql`
  from atp_submissions s
  join sites si on si.id = s.site_id and si.workspace_id = s.workspace_id
  join atp_scope_master sc on sc.id = s.scope_id and sc.workspace_id = s.workspace_id
  left join vendor_master v on v.id = s.vendor_id and v.workspace_id = s.workspace_id`;

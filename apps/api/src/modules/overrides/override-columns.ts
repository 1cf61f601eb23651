import { Prisma } from '@apms/db';
import { personJson } from '../workflows/workflow-columns.ts';

/** `select` of an override as its schema names it, from {@link overrideTables}. */
export const overrideColumns = Prisma.sql`
  select o.id, o.override_type as "overrideType", o.workflow_stage_id as "stageId", o.submission_id as "submissionId",
         ${ofStage(Prisma.sql`st.workflow_id`)} as "workflowId",
         ${ofSubmission(Prisma.sql`su.submission_number`)} as "submissionNumber",
         (select si.site_code from sites si where si.workspace_id = o.workspace_id
            and si.id = coalesce(${ofStage(Prisma.sql`w.site_id`)}, ${ofSubmission(Prisma.sql`su.site_id`)})) as "siteCode",
         o.cluster_code as "clusterCode", o.region, o.role_code as "roleCode", ${personJson('former')} as "fromUser",
         ${personJson('present')} as "toUser", o.reason, o.approval_status as "approvalStatus",
         ${personJson('requester')} as "requestedBy", ${personJson('judge')} as "approvedBy",
         o.approved_at as "approvedAt", o.effective_from as "effectiveFrom", o.effective_to as "effectiveTo",
         o.created_at as "createdAt"`;

export const overrideTables = Prisma.sql`
  from approver_overrides o
  left join users former on former.id = o.from_user_id
  join users present on present.id = o.to_user_id
  join users requester on requester.id = o.requested_by_id
  left join users judge on judge.id = o.approved_by_id`;

/** Asked for each row of the page, so that the plan of the list stays what it is. */
function ofStage(column: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(
    select ${column} from workflow_stages st
    join workflow_instances w on w.id = st.workflow_id and w.workspace_id = st.workspace_id
    where st.id = o.workflow_stage_id and st.workspace_id = o.workspace_id)`;
}

function ofSubmission(column: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(
    select ${column} from atp_submissions su where su.id = o.submission_id and su.workspace_id = o.workspace_id)`;
}

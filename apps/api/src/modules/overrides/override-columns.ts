import { Prisma } from '@apms/db';
import { personJson } from '../workflows/workflow-columns.ts';

/** `select` of an override as its schema names it, from {@link overrideTables}. */
export const overrideColumns = Prisma.sql`
  select o.id, o.override_type as "overrideType", o.workflow_stage_id as "stageId", o.submission_id as "submissionId",
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

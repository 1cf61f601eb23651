import { Prisma } from '@apms/db';
import { jsonInstant } from './json-instant.ts';

/** `select` of a workflow as `WorkflowSummary` names it, from {@link workflowTables}, with its version as given. */
export function workflowColumnsWith(configVersion: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    select w.id, w.status, jsonb_build_object('id', si.id, 'siteCode', si.site_code, 'name', si.name) as site,
           sc.scope_code as "scopeCode", coalesce(ve.vendor_code, w.routing_snapshot ->> 'vendorCode') as "vendorCode",
           w.atp_category as "atpCategory", ${configVersion} as "configVersion", p.policy_code as "policyCode",
           coalesce(w.routing_snapshot ->> 'submissionId', (
             select su.id from atp_submissions su where su.workflow_id = w.id limit 1)) as "submissionId",
           w.current_stage_number as "currentStageNumber", w.total_stages as "totalStages",
           w.started_at as "startedAt", w.completed_at as "completedAt"`;
}

export const workflowColumns = workflowColumnsWith(
  Prisma.sql`jsonb_build_object('id', cv.id, 'versionNumber', cv.version_number)`,
);

export const workflowTables = Prisma.sql`
  from workflow_instances w
  join sites si on si.id = w.site_id and si.workspace_id = w.workspace_id
  join atp_scope_master sc on sc.id = w.scope_id and sc.workspace_id = w.workspace_id
  left join vendor_master ve on ve.id = w.vendor_id and ve.workspace_id = w.workspace_id
  join config_versions cv on cv.id = w.config_version_id and cv.workspace_id = w.workspace_id
  join approval_policy_master p on p.id = w.policy_id and p.workspace_id = w.workspace_id`;

/** Stage `s` in seat `r` of approver `u` as JSON, as `WorkflowStage` names it. */
export const stageJson = Prisma.sql`
  jsonb_build_object(
    'id', s.id, 'stageNumber', s.stage_number, 'sequenceOrder', s.sequence_order, 'parallelGroup', s.parallel_group,
    'isRequired', s.is_required, 'roleCode', r.role_code, 'roleName', r.role_name,
    'approver', ${personJson('u')}, 'status', s.status, 'decision', s.decision, 'comment', s.comment,
    'slaHours', s.sla_hours, 'openedAt', ${jsonInstant(Prisma.sql`s.opened_at`)},
    'slaDueAt', ${jsonInstant(Prisma.sql`s.sla_due_at`)},
    'slaBreachedAt', ${jsonInstant(Prisma.sql`s.sla_breached_at`)},
    'decidedAt', ${jsonInstant(Prisma.sql`s.decided_at`)})`;

export const stageTables = Prisma.sql`
  from workflow_stages s
  join approval_role_master r on r.id = s.role_id and r.workspace_id = s.workspace_id
  left join users u on u.id = s.approver_id`;

/** The order in which stages open. */
export const stageOrder = Prisma.sql`s.stage_number, s.sequence_order, r.role_code`;

/** A row of `users`, by its alias, as `PersonName`; null when there is none. */
export function personJson(alias: string): Prisma.Sql {
  const user = Prisma.raw(alias);
  return Prisma.sql`
    case when ${user}.id is not null then jsonb_build_object('id', ${user}.id, 'name', ${user}.display_name) end`;
}

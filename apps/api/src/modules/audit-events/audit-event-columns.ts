import { Prisma } from '@apms/db';

/** Asked for each row of the page alone. Whatever its id is: the row-level security of each table keeps to the workspace. */
const entityName = Prisma.sql`
  case e.entity_type
    when 'site' then (select x.site_code from sites x where x.id = e.entity_id)
    when 'submission' then (select x.submission_number from atp_submissions x where x.id = e.entity_id)
    when 'document' then (select x.name from documents x where x.id = e.entity_id)
    when 'user' then (select x.display_name from users x where x.id = e.entity_id)
    when 'membership' then (
      select x.display_name from workspace_memberships m join users x on x.id = m.user_id where m.id = e.entity_id)
    when 'configVersion' then (select x.source_file_name from config_versions x where x.id = e.entity_id)
    when 'scope' then (select x.scope_code from atp_scope_master x where x.id = e.entity_id)
    when 'vendor' then (select x.vendor_code from vendor_master x where x.id = e.entity_id)
    when 'cluster' then (select x.cluster_code from cluster_master x where x.id = e.entity_id)
    when 'approvalRole' then (select x.role_code from approval_role_master x where x.id = e.entity_id)
    when 'approvalPolicy' then (select x.policy_code from approval_policy_master x where x.id = e.entity_id)
    when 'punchlistItem' then (select x.item_code from punchlist_items x where x.id = e.entity_id)
    when 'workflow' then (
      select x.site_code from workflow_instances w join sites x on x.id = w.site_id where w.id = e.entity_id)
    when 'workflowStage' then (
      select x.site_code from workflow_stages s
      join workflow_instances w on w.id = s.workflow_id join sites x on x.id = w.site_id where s.id = e.entity_id)
  end`;

/** `select` of an audit event as its schema names it. */
export const auditEventColumns = Prisma.sql`
  select e.id, e.actor_id as "actorId", u.display_name as "actorName", e.action, e.entity_type as "entityType",
         e.entity_id as "entityId", ${entityName} as "entityName", e.request_id as "requestId", e.details, e.created_at as "createdAt"`;

export const fromAuditEvents = Prisma.sql`from audit_events e left join users u on u.id = e.actor_id`;

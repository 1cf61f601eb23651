import { Prisma, type SqlTransaction } from '@apms/db';
import type { Produced, WorkspaceSettings } from '@apms/validators';

/** What was set, and the defaults where nothing was. */
export async function readWorkspaceSettings(tx: SqlTransaction): Promise<Produced<typeof WorkspaceSettings>> {
  const [settings] = await tx.query<[Produced<typeof WorkspaceSettings>]>(Prisma.sql`
    select coalesce(w.stage_sla_hours, 48) as "stageSlaHours",
           coalesce(w.final_stage_sla_hours, 24) as "finalStageSlaHours",
           coalesce(w.scope_categories, '{}') as "scopeCategories", coalesce(w.alert_emails, '{}') as "alertEmails",
           w.alert_webhook_url as "alertWebhookUrl",
           coalesce(w.orphan_alert_severity, 'WARNING') as "orphanAlertSeverity",
           coalesce(w.orphan_alert_minimum, 1) as "orphanAlertMinimum",
           coalesce(w.sla_alert_minimum, 1) as "slaAlertMinimum", w.updated_by_id as "updatedById",
           u.display_name as "updatedByName", w.updated_at as "updatedAt"
    from (values (1)) as one (row)
    left join workspace_settings w on true
    left join users u on u.id = w.updated_by_id`);
  return settings;
}

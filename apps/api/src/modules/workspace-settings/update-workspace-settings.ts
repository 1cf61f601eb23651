import { Prisma } from '@apms/db';
import type { Produced, UpdateWorkspaceSettings, WorkspaceSettings } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { setClause } from '../../set-clause.ts';
import { readWorkspaceSettings } from './read-workspace-settings.ts';
import { refuseWebhookUrl } from './refuse-webhook-url.ts';

const columns = {
  stageSlaHours: Prisma.sql`stage_sla_hours`,
  finalStageSlaHours: Prisma.sql`final_stage_sla_hours`,
  scopeCategories: Prisma.sql`scope_categories`,
  alertEmails: Prisma.sql`alert_emails`,
  alertWebhookUrl: Prisma.sql`alert_webhook_url`,
  orphanAlertSeverity: Prisma.sql`orphan_alert_severity`,
  orphanAlertMinimum: Prisma.sql`orphan_alert_minimum`,
  slaAlertMinimum: Prisma.sql`sla_alert_minimum`,
};

/** @throws {AppError} CONSTRAINT_VIOLATED when alerts must not be sent to the URL ({@link refuseWebhookUrl}) */
export async function updateWorkspaceSettings(
  ctx: WorkspaceContext,
  changes: UpdateWorkspaceSettings,
): Promise<Produced<typeof WorkspaceSettings>> {
  const { db, services, now } = ctx;
  const { workspaceId, userId } = db.scope;
  const { alertWebhookUrl: url } = changes;
  const refusal =
    typeof url === 'string' ? refuseWebhookUrl(url, { allowLoopback: services.allowLoopbackWebhooks }) : null;
  if (refusal !== null) {
    const constraint = `alertWebhookUrl ${refusal}`;
    throw new AppError({ code: 'CONSTRAINT_VIOLATED', entity: 'workspace_settings', constraint });
  }
  return await db.transaction(async (tx) => {
    const set = setClause(columns, changes, [
      Prisma.sql`updated_by_id = ${userId}`,
      Prisma.sql`updated_at = ${now}`,
    ]);
    const audit = {
      action: 'workspaceSettings.update',
      entityType: 'workspaceSettings',
      entityId: workspaceId,
      // The path of a webhook is its password.
      details: { ...changes, ...(typeof url === 'string' && { alertWebhookUrl: new URL(url).origin }) },
    } as const;
    const [, , , settings] = await Promise.all([
      tx.query(Prisma.sql`
        insert into workspace_settings (workspace_id) values (${workspaceId}::uuid)
        on conflict (workspace_id) do nothing`),
      tx.query(Prisma.sql`update workspace_settings set ${set} where workspace_id = ${workspaceId}::uuid`),
      recordAuditEvent(tx, ctx, audit),
      readWorkspaceSettings(tx),
    ]);
    return settings;
  });
}

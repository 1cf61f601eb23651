import type { OrphanSeverity } from '@apms/validators';
import type { PoolClient } from 'pg';
import type { Alert, AlertCall, AlertMail } from './alert.ts';
import type { JobQueue } from './job-queue.ts';

/** From when on a workspace wants to be told, as its settings say. */
export interface AlertThresholds {
  readonly orphanAlertSeverity: OrphanSeverity;
  readonly orphanAlertMinimum: number;
  readonly slaAlertMinimum: number;
}

/** Where a workspace wants its alerts. */
interface Recipients extends AlertThresholds {
  readonly workspaceId: string;
  readonly code: string;
  readonly emails: readonly string[];
  readonly hasWebhook: boolean;
}

/** Where the console shows more of it, within the workspace. */
const pages = {
  slaBreached: 'workflows',
  integrityUnhealthy: 'integrity',
  integrityHealthy: 'integrity',
} as const satisfies Record<Alert['kind'], string>;

/** Who is told what: everything that one workspace is told at once. */
export type AlertOf = (workspaceId: string, thresholds: AlertThresholds) => Alert | null;

/**
 * Adds one job for each mailbox and webhook of the workspaces that `alertOf` has something to tell, in the transaction
 * of what happened: the alert goes out when that is committed, and never twice.
 * @param workspaceIds null for all
 */
export async function addAlerts(
  client: PoolClient,
  queue: JobQueue,
  workspaceIds: readonly string[] | null,
  alertOf: AlertOf,
): Promise<void> {
  const { rows } = await client.query<Recipients>(
    `select s.workspace_id as "workspaceId", w.code, s.alert_emails as emails, s.alert_webhook_url is not null as "hasWebhook",
            s.orphan_alert_severity as "orphanAlertSeverity", s.orphan_alert_minimum as "orphanAlertMinimum",
            s.sla_alert_minimum as "slaAlertMinimum"
     from workspace_settings s join workspaces w on w.id = s.workspace_id and w.is_active
     where ($1::uuid[] is null or s.workspace_id = any($1))
       and (cardinality(s.alert_emails) > 0 or s.alert_webhook_url is not null)`,
    [workspaceIds],
  );
  const mails: AlertMail[] = [];
  const calls: AlertCall[] = [];
  for (const { workspaceId, code, emails, hasWebhook, ...thresholds } of rows) {
    const alert = alertOf(workspaceId, thresholds);
    if (alert === null) continue;
    const page = `/w/${encodeURIComponent(code)}/${pages[alert.kind]}`;
    mails.push(...emails.map((to) => ({ alert, page, to })));
    if (hasWebhook) calls.push({ alert, page });
  }
  if (mails.length > 0) await queue.add(client, 'alert-mail', mails);
  if (calls.length > 0) await queue.add(client, 'alert-webhook', calls);
}

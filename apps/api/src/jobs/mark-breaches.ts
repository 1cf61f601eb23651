import { type Database, newId } from '@apms/db';
import { slaScan } from '@apms/db/checks';
import type { PoolClient } from 'pg';
import { addAlerts } from './add-alerts.ts';
import type { Alert } from './alert.ts';
import type { JobQueue } from './job-queue.ts';

interface Breach {
  readonly stageId: string;
  readonly workspaceId: string;
  readonly workflowId: string;
  readonly stageNumber: number;
  readonly slaDueAt: Date;
  readonly siteCode: string | null;
  readonly roleCode: string | null;
  readonly approverName: string | null;
}

/** As many as the scan gives at once. */
const BATCH = 1_000;

/** How many stages an alert names. */
const NAMED = 20;

/**
 * Marks the open stages whose time is up, logs it, and tells those who want to know: in one transaction for each
 * batch. Of several processes each takes the stages that no other is taking, so that every stage is marked once.
 * @returns how many were marked
 */
export async function markBreaches(
  database: Pick<Database, 'asSystem'>,
  queue: JobQueue,
  signal: AbortSignal,
): Promise<number> {
  let marked = 0;
  for (;;) {
    signal.throwIfAborted();
    const count = await database.asSystem(async (_, client) => {
      const breaches = await markBatch(client);
      await alertOfBreaches(client, queue, breaches);
      return breaches.length;
    });
    marked += count;
    if (count < BATCH) return marked;
  }
}

async function markBatch(client: PoolClient): Promise<Breach[]> {
  const { rows } = await client.query<Breach>(
    `with due as materialized (${slaScan.sql} for update skip locked),
     marked as (
       update workflow_stages s set sla_breached_at = now(), updated_at = now()
       from due where due.id = s.id
       returning s.id, s.workspace_id, s.workflow_id, s.stage_number, s.role_id, s.approver_id, s.sla_due_at
     ),
     numbered as (select marked.*, row_number() over () as n from marked),
     logged as (
       insert into workflow_stage_actions (id, workspace_id, workflow_stage_id, action_type, details, created_at)
       select action.id, numbered.workspace_id, numbered.id, 'SLA_BREACHED',
              jsonb_build_object('slaDueAt', numbered.sla_due_at), now()
       from numbered join unnest($1::text[]) with ordinality action (id, n) using (n)
     )
     select m.id as "stageId", m.workspace_id as "workspaceId", m.workflow_id as "workflowId",
            m.stage_number as "stageNumber", m.sla_due_at as "slaDueAt", si.site_code as "siteCode",
            r.role_code as "roleCode", u.display_name as "approverName"
     from marked m
     left join workflow_instances w on w.id = m.workflow_id and w.workspace_id = m.workspace_id
     left join sites si on si.id = w.site_id and si.workspace_id = m.workspace_id
     left join approval_role_master r on r.id = m.role_id and r.workspace_id = m.workspace_id
     left join users u on u.id = m.approver_id
     order by m.sla_due_at, m.id`,
    [Array.from({ length: BATCH }, () => newId())],
  );
  return rows;
}

async function alertOfBreaches(
  client: PoolClient,
  queue: JobQueue,
  breaches: readonly Breach[],
): Promise<void> {
  if (breaches.length === 0) return;
  const byWorkspace = Map.groupBy(breaches, ({ workspaceId }) => workspaceId);
  const overdue = await countOverdue(client, [...byWorkspace.keys()]);
  await addAlerts(client, queue, [...byWorkspace.keys()], (workspaceId, { slaAlertMinimum }) =>
    slaAlertMinimum > 1 && (overdue.get(workspaceId) ?? 0) < slaAlertMinimum
      ? null
      : breachAlert(workspaceId, byWorkspace.get(workspaceId) ?? []),
  );
}

/** How many approvals are open and overdue in those workspaces that are told only from some number on. */
async function countOverdue(
  client: PoolClient,
  workspaceIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ workspaceId: string; count: number }>(
    `select s.workspace_id as "workspaceId", count(*)::int as count
     from workflow_stages s join workspace_settings w on w.workspace_id = s.workspace_id and w.sla_alert_minimum > 1
     where s.workspace_id = any($1::uuid[]) and s.status = 'PENDING' and s.sla_breached_at is not null
     group by s.workspace_id`,
    [workspaceIds],
  );
  return new Map(rows.map(({ workspaceId, count }) => [workspaceId, count]));
}

function breachAlert(workspaceId: string, breaches: readonly Breach[]): Alert {
  const count = breaches.length;
  const named = breaches.slice(0, NAMED);
  const lines = named.map(
    ({ siteCode, stageNumber, roleCode, approverName, slaDueAt }) =>
      `- ${siteCode ?? 'unknown site'}, stage ${stageNumber} (${roleCode ?? 'unknown seat'}): ${approverName ?? 'nobody'}, due ${slaDueAt.toISOString()}`,
  );
  const more = count > named.length ? [`and ${count - named.length} more`] : [];
  return {
    id: newId(),
    kind: 'slaBreached',
    workspaceId,
    subject: count === 1 ? 'An approval is overdue' : `${count} approvals are overdue`,
    text: `${['The time of these approvals is up:', '', ...lines, ...more].join('\n')}\n`,
    facts: {
      count,
      stages: named.map(({ stageId, workflowId, stageNumber, slaDueAt }) => ({
        stageId,
        workflowId,
        stageNumber,
        slaDueAt,
      })),
    },
  };
}

import type { LookupAddress } from 'node:dns';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId } from '@apms/db';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Alert } from '../src/jobs/alert.ts';
import { installQueues } from '../src/jobs/install-queues.ts';
import { createJobQueue } from '../src/jobs/job-queue.ts';
import { markBreaches } from '../src/jobs/mark-breaches.ts';
import { postWebhook } from '../src/jobs/post-webhook.ts';
import { callAlertWebhook } from '../src/jobs/send-alerts.ts';
import { WebhookRefused } from '../src/jobs/webhook-refused.ts';
import { insertSites } from './support/configuration.ts';
import { type JobsProcess, startJobsProcess } from './support/jobs.ts';
import { createLifecycle } from './support/lifecycle.ts';
import { startApi, type TestApi } from './support/start-api.ts';

const WithUrl = z.object({ url: z.string().nullable() });

let api: TestApi;
let jobs: JobsProcess;
let hook: Server;
let hookUrl: string;
const received: Alert[] = [];
/** Where the alerts led to. */
const urls = new Set<unknown>();
/** What the webhook answers, one after another; 204 when there is nothing left. */
const answers: number[] = [];

beforeAll(async () => {
  hook = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const status = answers.shift() ?? 204;
      if (status === 0) return;
      if (status === 204) {
        const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
        received.push(Alert.parse(body));
        urls.add(WithUrl.parse(body).url);
      }
      response.writeHead(status, status === 302 ? { location: `${hookUrl}/elsewhere` } : {}).end();
    });
  });
  await new Promise<void>((resolve) => {
    hook.listen(0, '127.0.0.1', resolve);
  });
  hookUrl = `http://127.0.0.1:${addressOf(hook).port}`;
  api = await startApi();
  await installQueues(api.testDatabase.url);
  jobs = await startJobsProcess(api.testDatabase.url);
  await api.database.pool.query(
    `insert into workspace_settings (workspace_id, alert_emails, alert_webhook_url) values ($1, $2, $3)`,
    [api.workspace.id, ['a@ops.example', 'b@ops.example'], `${hookUrl}/secret`],
  );
});
afterAll(async () => {
  await jobs.stop();
  await api.stop();
  hook.closeAllConnections();
  hook.close();
});

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it does not listen');
  return address;
}

async function query<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
  return (await api.database.pool.query<Row>(sql, values)).rows;
}

/** Does a job now, and waits for it and the alerts that it brought. */
async function doNow(name: string): Promise<void> {
  const id = await (await jobs.queue.open()).send(name);
  const waiting = () =>
    query(
      `select from pgboss.job where id = $1 and state <> 'completed' or name like 'alert-%' and state < 'completed'`,
      [id],
    );
  await expect.poll(waiting, { timeout: 20_000 }).toEqual([]);
}

describe('a breached time limit', () => {
  test('is marked and logged once by processes that look at the same moment, and told once', async () => {
    const life = await createLifecycle(api);
    const [siteId = ''] = await insertSites(api, 1);
    const { id } = await life.control.workflows.start.mutate({
      siteId,
      scopeCode: 'RAN',
      atpCategory: 'HARDWARE',
    });
    const other = await life.control.workflows.start.mutate({
      siteId: (await insertSites(api, 1))[0] ?? '',
      scopeCode: 'RAN',
      atpCategory: 'HARDWARE',
    });
    await query(
      `insert into workflow_stages (id, workspace_id, workflow_id, stage_number, sequence_order, role_id, approver_id, status,
         sla_hours,
         opened_at, sla_due_at)
       select 'late-' || n, workspace_id, workflow_id, 100 + n, 100 + n, role_id, approver_id, 'PENDING', 1,
              now() - interval '2 days', now() - n * interval '1 second'
       from workflow_stages, generate_series(1, 2500) n
       where workflow_id = $1 and status = 'PENDING'`,
      [id],
    );
    const queue = createJobQueue({
      connectionString: api.testDatabase.url,
      works: false,
      onError: () => undefined,
    });
    const { signal } = new AbortController();
    const counts = await Promise.all(
      Array.from({ length: 4 }, () => markBreaches(api.database, queue, signal)),
    );
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2_500);
    expect(await markBreaches(api.database, queue, signal)).toBe(0);
    await queue.close();
    const logged = await query<{ stages: number; actions: number }>(
      `select count(distinct s.id)::int as stages, count(a.id)::int as actions
       from workflow_stages s join workflow_stage_actions a on a.workflow_stage_id = s.id and a.action_type = 'SLA_BREACHED'
       where s.sla_breached_at is not null`,
    );
    expect(logged).toEqual([{ stages: 2_500, actions: 2_500 }]);
    expect(
      await query('select from workflow_stages where workflow_id = $1 and sla_breached_at is not null', [
        other.id,
      ]),
    ).toEqual([]);
    await expect
      .poll(() => received.reduce((sum, { facts }) => sum + Number(facts['count']), 0), { timeout: 20_000 })
      .toBe(2_500);
    await doNow('sla-breaches');
    const told = received.splice(0);
    expect(
      told.every(({ kind, workspaceId }) => kind === 'slaBreached' && workspaceId === api.workspace.id),
    ).toBe(true);
    expect(new Set(told.map((alert) => alert.id)).size).toBe(told.length);
    expect(jobs.mails.filter(({ to }) => to === 'a@ops.example')).toHaveLength(told.length);
    expect(jobs.mails.filter(({ to }) => to === 'b@ops.example')).toHaveLength(told.length);
    expect(jobs.mails[0]?.subject).toMatch(/^APMS: .* approvals are overdue$/);
    const page = `https://apms.example/w/W-${api.workspace.id}/workflows`;
    expect(jobs.mails[0]?.text).toMatch(/stage \d+ \(RTS\): .*, due 20.*\nand \d+ more\n/s);
    expect(jobs.mails.every(({ text }) => text.endsWith(`\n\n${page}\n`))).toBe(true);
    expect([...urls]).toEqual([page]);
  });

  test('is not told before as many approvals are overdue as the workspace said', async () => {
    const life = await createLifecycle(api);
    const start = async () => {
      const [siteId = ''] = await insertSites(api, 1);
      const order = { siteId, scopeCode: 'RAN', atpCategory: 'HARDWARE' } as const;
      return (await life.control.workflows.start.mutate(order)).id;
    };
    const expire = async () => {
      const late = `update workflow_stages set opened_at = now() - interval '2 days', sla_due_at = now() - interval '1 hour' where workflow_id = $1 and status = 'PENDING'`;
      await query(late, [await start()]);
      await doNow('sla-breaches');
    };
    const open = `select count(*)::int as overdue from workflow_stages where status = 'PENDING' and sla_breached_at is not null`;
    const [before] = await query<{ overdue: number }>(open);
    await setThresholds({ sla_alert_minimum: (before?.overdue ?? 0) + 2 });
    await expire();
    expect(received).toEqual([]);
    await expire();
    expect(received.splice(0)).toMatchObject([{ kind: 'slaBreached', facts: { count: 1 } }]);
    await setThresholds({ sla_alert_minimum: 1 });
  });
});

/** What the workspace is told of from now on. */
async function setThresholds(thresholds: Readonly<Record<string, string | number>>): Promise<void> {
  const set = Object.entries(thresholds).map(([column, value]) => `${column} = '${value}'`);
  await query(`update workspace_settings set ${set.join(', ')} where workspace_id = $1`, [api.workspace.id]);
}

describe('orphans', () => {
  test('are told by key and count, not again while nothing changes, and once when all is well', async () => {
    const mailsBefore = jobs.mails.length;
    await doNow('integrity-audit');
    expect(received).toEqual([]);
    const client = await api.testDatabase.connect();
    await client.query(`
      set session_replication_role = replica;
      insert into workspace_memberships (id, workspace_id, user_id, role)
        select 'gone-' || n, '${api.workspace.id}', 'nobody-' || n, 'VIEWER' from generate_series(1, 3) n`);
    await doNow('integrity-audit');
    await doNow('integrity-audit');
    const [alert, ...more] = received.splice(0);
    expect(more).toEqual([]);
    expect(alert).toMatchObject({
      kind: 'integrityUnhealthy',
      subject: '3 orphaned rows in the database',
      facts: {
        health: 'WARNING',
        orphans: 3,
        findings: [{ constraintName: 'fk_workspace_memberships_user', count: 3 }],
      },
    });
    expect(alert?.text).toContain('- WARNING fk_workspace_memberships_user of workspace_memberships: 3');
    expect(JSON.stringify(alert)).not.toContain('gone-1');
    await client.query(`delete from workspace_memberships where id like 'gone-%'`);
    await client.end();
    await doNow('integrity-audit');
    await doNow('integrity-audit');
    expect(received.splice(0)).toMatchObject([
      { kind: 'integrityHealthy', subject: 'The database is healthy again' },
    ]);
    expect(jobs.mails.slice(mailsBefore)).toHaveLength(4);
    expect(jobs.mails.at(-1)?.text).toMatch(/\nhttps:\/\/apms\.example\/w\/W-[^/]+\/integrity\n$/);
    const origins = await query('select distinct origin from data_integrity_audit_log');
    expect(origins).toEqual([{ origin: 'SCHEDULED' }]);
  });

  test('are told of from the number and the severity on that the workspace said', async () => {
    await setThresholds({ orphan_alert_minimum: 3 });
    const client = await api.testDatabase.connect();
    await client.query('set session_replication_role = replica');
    const orphan = (count: number) =>
      client.query(`
        insert into workspace_memberships (id, workspace_id, user_id, role)
          select gen_random_uuid()::text, '${api.workspace.id}', 'nobody-' || gen_random_uuid(), 'VIEWER'
          from generate_series(1, ${count})`);
    await orphan(2);
    await doNow('integrity-audit');
    expect(received).toEqual([]);
    await orphan(1);
    await doNow('integrity-audit');
    expect(received.splice(0)).toMatchObject([{ kind: 'integrityUnhealthy', facts: { orphans: 3 } }]);
    await setThresholds({ orphan_alert_severity: 'CRITICAL', orphan_alert_minimum: 1 });
    await orphan(1);
    await doNow('integrity-audit');
    expect(received).toEqual([]);
    await setThresholds({ orphan_alert_severity: 'WARNING', orphan_alert_minimum: 4 });
    await client.query(`delete from workspace_memberships where ctid = (
      select ctid from workspace_memberships where user_id like 'nobody-%' limit 1)`);
    await doNow('integrity-audit');
    expect(received.splice(0)).toMatchObject([
      {
        kind: 'integrityHealthy',
        subject: 'The database has fewer orphaned rows than you are told of',
        facts: { health: 'BELOW_THRESHOLD' },
      },
    ]);
    await client.query(`delete from workspace_memberships where user_id like 'nobody-%'`);
    await client.end();
    await doNow('integrity-audit');
    expect(received).toEqual([]);
  });
});

describe('a webhook', () => {
  const alert = (): Alert => ({
    id: newId(),
    kind: 'slaBreached',
    workspaceId: api.workspace.id,
    subject: 'S',
    text: 'T',
    facts: {},
  });

  test('is tried again until it answers well', async () => {
    answers.push(500, 302);
    const sent = alert();
    const boss = await jobs.queue.open();
    await boss.send('alert-webhook', { alert: sent }, { retryDelay: 1, retryBackoff: false });
    await expect.poll(() => received.splice(0), { timeout: 20_000 }).toEqual([sent]);
    // As a version that knew no pages has added it.
    expect(urls).toContain(null);
    const [job] = await query<{ retries: number }>(
      `select retry_count as retries from pgboss.job where name = 'alert-webhook' and data -> 'alert' ->> 'id' = $1`,
      [sent.id],
    );
    expect(job?.retries).toBe(2);
    expect(answers).toEqual([]);
  });

  test('gets nothing any more when its address was taken away', async () => {
    const { log } = api.services;
    const deps = { database: api.database, allowLoopbackWebhooks: true, appUrl: 'https://apms.example', log };
    const workspace = await api.createWorkspace();
    await callAlertWebhook(deps, { alert: { ...alert(), workspaceId: workspace.id } });
    await callAlertWebhook({ ...deps, allowLoopbackWebhooks: false }, { alert: alert() });
    expect(received).toEqual([]);
  });

  test('is given up after its time', async () => {
    answers.push(0);
    const startedAt = Date.now();
    await expect(postWebhook(hookUrl, {}, { allowLoopback: true, timeoutMs: 300 })).rejects.toThrow(
      /abort|timeout/i,
    );
    expect(Date.now() - startedAt).toBeLessThan(2_000);
  });

  test('that redirects is not followed', async () => {
    answers.push(302);
    await expect(postWebhook(hookUrl, {}, { allowLoopback: true })).rejects.toThrow('answered 302');
    expect(answers).toEqual([]);
  });

  test.each([
    'http://127.0.0.1:1/',
    'https://localhost/',
    'https://10.0.0.1/',
    'https://[::1]/',
    'https://169.254.169.254/latest',
    'http://hooks.example.com/',
    'https://user:password@hooks.example.com/',
  ])('is never called at %s', async (url) => {
    await expect(postWebhook(url, {}, { allowLoopback: false })).rejects.toThrow(WebhookRefused);
  });

  test('is never called where its public name leads to this machine or a private network', async () => {
    for (const address of ['127.0.0.1', '10.0.0.1']) {
      const options = {
        allowLoopback: false,
        resolveAll: (
          _name: string,
          _options: object,
          callback: (error: null, found: LookupAddress[]) => void,
        ) => callback(null, [{ address, family: 4 }]),
      };
      const posting = postWebhook('https://hooks.example.com/', {}, options);
      await expect(posting).rejects.toThrow(WebhookRefused);
    }
  });
});

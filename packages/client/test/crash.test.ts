import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ApmsClient, createClient } from '../src/index.ts';
import { type CrashSite, openCrashSite } from './support/crash-site.ts';

let site: CrashSite;
beforeEach(async () => {
  site = await openCrashSite();
});
afterEach(() => site.remove());

const WRITERS = 6;
const KILLS = 4;

function clientOf(credentials: Readonly<Record<string, string>>): ApmsClient {
  const credential = { kind: 'apiKey', key: credentials['x-api-key'] ?? '' } as const;
  return createClient({ url: site.url, credential, workspaceId: site.workspaceId, attempts: 60 });
}

interface Written {
  readonly siteCodes: string[];
  readonly workflowIds: string[];
}

/** What was acknowledged while `kill` happened several times, each after some more was written. */
async function writeWhile(kill: () => Promise<void>): Promise<Written> {
  const written: Written = { siteCodes: [], workflowIds: [] };
  const stopping = new AbortController();
  const writers = Array.from({ length: WRITERS }, async (_, index) => {
    const client = clientOf(site.clerk.credentials);
    while (!stopping.signal.aborted) {
      if (index % 2 === 0) {
        const name = 'Written under load';
        const { siteCode } = await client.sites.create.mutate({ siteCode: randomUUID(), name });
        written.siteCodes.push(siteCode);
      } else {
        const { id } = await client.workflows.start.mutate(order());
        written.workflowIds.push(id);
      }
    }
  });
  const writeSomeMore = async () => {
    const { siteCodes, workflowIds } = written;
    const [sites, workflows] = [siteCodes.length, workflowIds.length];
    const isMore = () => expect(siteCodes.length > sites && workflowIds.length > workflows).toBe(true);
    await vi.waitFor(isMore, { timeout: 60_000 });
  };
  try {
    for (let kills = 0; kills < KILLS; kills += 1) {
      await writeSomeMore();
      await sleep(Math.random() * 200);
      await kill();
    }
    await writeSomeMore();
  } finally {
    stopping.abort();
    await Promise.all(writers);
  }
  return written;
}

const order = () => ({ siteId: site.siteId, scopeCode: 'RAN', atpCategory: 'HARDWARE' }) as const;

/** Rows whose parts are not all there, or are there twice. */
const HALF_DONE = `
  select 'site ' || s.id as what from sites s
  where s.name = 'Written under load'
    and 1 <> (select count(*) from audit_events a where a.entity_id = s.id and a.action = 'sites.create')
  union all
  select 'workflow ' || w.id from workflow_instances w
  where 3 <> (select count(*) from workflow_stages g where g.workflow_id = w.id)
     or 1 <> (select count(*) from workflow_stages g join workflow_stage_actions a on a.workflow_stage_id = g.id
              where g.workflow_id = w.id and a.action_type = 'OPENED')
     or 1 <> (select count(*) from audit_events a where a.entity_id = w.id and a.action = 'workflows.start')
  union all
  select 'unanswered key ' || k.key from idempotency_keys k where k.completed_at is null`;

/** Everything acknowledged is there once, and nothing else than what was asked for. */
async function expectWhole({
  siteCodes,
  workflowIds,
}: Awaited<ReturnType<typeof writeWhile>>): Promise<void> {
  const { pool } = site.database;
  const sites = await pool.query<{ code: string }>(
    `select site_code as code from sites where name = 'Written under load' order by 1`,
  );
  expect(sites.rows.map(({ code }) => code)).toEqual(siteCodes.toSorted());
  const workflows = await pool.query<{ id: string }>('select id from workflow_instances order by 1');
  expect(workflows.rows.map(({ id }) => id)).toEqual(workflowIds.toSorted());
  expect((await pool.query(HALF_DONE)).rows).toEqual([]);
}

/** What the approver's subscription hears. */
function listen(): string[] {
  const reasons: string[] = [];
  clientOf(site.approver.credentials).workflows.inboxChanges.subscribe(undefined, {
    onData: ({ reason }) => reasons.push(reason),
  });
  return reasons;
}

test('the API is killed under load: nothing acknowledged is lost, nothing is half done, subscriptions come back', async () => {
  const heard = listen();
  const written = await writeWhile(() => site.killApi());
  await expectWhole(written);
  await vi.waitFor(
    () => expect(heard.filter((reason) => reason === 'SUBSCRIBED').length).toBeGreaterThan(1),
    {
      timeout: 20_000,
    },
  );
});

test('PostgreSQL is killed under load: nothing acknowledged is lost, nothing is half done, the API recovers by itself', async () => {
  const heard = listen();
  const written = await writeWhile(() => site.killPostgres());
  await expectWhole(written);
  // Until it listens again, a change is part of the RESYNC, or of the new subscription, to come.
  const before = heard.length;
  const clerk = clientOf(site.clerk.credentials);
  await vi.waitFor(
    async () => {
      await clerk.workflows.start.mutate(order());
      expect(heard.slice(before)).toContain('CHANGED');
    },
    { timeout: 30_000, interval: 500 },
  );
});

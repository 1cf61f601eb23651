import { newId } from '@apms/db';
import type { IntegrityAudit } from '@apms/validators';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createIntegrityAuditor } from '../src/modules/integrity-audits/integrity-auditor.ts';
import { failureOf } from './support/failure-of.ts';
import { damage, plantMembership } from './support/orphans.ts';
import { startApi, type TestApi, type TestClient, type TestWorkspace } from './support/start-api.ts';

let api: TestApi;
let other: TestWorkspace;
let admin: TestClient;
let stranger: TestClient;

beforeAll(async () => {
  api = await startApi();
  other = await api.createWorkspace();
  admin = api.as(api.workspace.people.ADMIN);
  stranger = api.as(other.people.ADMIN);
});
afterAll(() => api.stop());

const memberKey = 'fk_workspace_memberships_user';

/** Other tests work on the same server. */
const OWN_DATABASE = 'database = (select oid from pg_database where datname = current_database())';
const LOCKS_OF_AUDITS = `select from pg_locks where locktype = 'advisory' and ${OWN_DATABASE}`;

describe('run', () => {
  test('looks at every key and tells who asked only to their workspace', async () => {
    const audit = await admin.integrityAudits.run.mutate();
    const { rows } = await api.database.pool.query<{ count: number }>(
      `select count(*)::int as count from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
    );
    expect(audit).toMatchObject({
      origin: 'ON_DEMAND',
      checksTotal: rows[0]?.count,
      requestedById: api.workspace.people.ADMIN.userId,
    });
    const auditId = audit.id;
    expect(await admin.integrityAudits.get.query({ auditId })).toEqual(audit);
    expect(await stranger.integrityAudits.get.query({ auditId })).toEqual({
      ...audit,
      requestedById: null,
      requestedByName: null,
    });
    const events = await api.database.prisma.auditEvent.findMany({ where: { entityId: auditId } });
    expect(events).toMatchObject([{ action: 'integrityAudits.run', entityType: 'integrityAudit' }]);
  });

  test('runs once for ten simultaneous calls with one key', async () => {
    const once = api.as(api.workspace.people.ADMIN, { headers: { 'idempotency-key': newId() } });
    const runs = await Promise.all(Array.from({ length: 10 }, () => once.integrityAudits.run.mutate()));
    expect(new Set(runs.map(({ id }) => id)).size).toBe(1);
  });

  test('is refused while another process runs one', async () => {
    const client = await api.testDatabase.connect();
    await client.query('begin');
    await client.query('lock table workspace_settings in access exclusive mode');
    const running = admin.integrityAudits.run.mutate();
    await expect.poll(async () => (await client.query(LOCKS_OF_AUDITS)).rowCount).toBe(1);
    const another = createIntegrityAuditor({ connectionString: api.testDatabase.url });
    await expect(another.run({ origin: 'SCHEDULED', timeLimitMs: 5_000 })).rejects.toMatchObject({
      data: { code: 'INTEGRITY_AUDIT_RUNNING' },
    });
    expect(await failureOf(stranger.integrityAudits.run.mutate())).toEqual({
      code: 'INTEGRITY_AUDIT_RUNNING',
    });
    await client.query('commit');
    expect((await running).checksTotal).toBeGreaterThan(70);
    await another.close();
  });

  test('is given up after its time, and leaves nothing running or stored', async () => {
    const client = await api.testDatabase.connect();
    const before = await client.query('select from data_integrity_audit_log');
    await client.query('begin');
    await client.query('lock table workspace_settings in access exclusive mode');
    const auditor = createIntegrityAuditor({ connectionString: api.testDatabase.url });
    await expect(auditor.run({ origin: 'SCHEDULED', timeLimitMs: 200 })).rejects.toMatchObject({
      data: { code: 'TIMED_OUT' },
    });
    await client.query('rollback');
    expect((await client.query('select from data_integrity_audit_log')).rowCount).toBe(before.rowCount);
    expect((await client.query(LOCKS_OF_AUDITS)).rowCount).toBe(0);
    await expect(auditor.run({ origin: 'SCHEDULED', timeLimitMs: 5_000 })).resolves.toMatchObject({
      origin: 'SCHEDULED',
    });
    await auditor.close();
  });

  test('is given up when the process stops', async () => {
    const client = await api.testDatabase.connect();
    await client.query('begin');
    await client.query('lock table workspace_settings in access exclusive mode');
    const auditor = createIntegrityAuditor({ connectionString: api.testDatabase.url });
    const outcomes = Promise.allSettled([auditor.run({ origin: 'SCHEDULED', timeLimitMs: 60_000 })]);
    await expect
      .poll(
        async () =>
          (await client.query(`select from pg_locks where not granted and ${OWN_DATABASE}`)).rowCount,
      )
      .toBeGreaterThan(0);
    await auditor.close();
    expect(await outcomes).toMatchObject([{ status: 'rejected', reason: { code: '57014' } }]);
    await client.query('rollback');
  });
});

describe('history and trend', () => {
  let moments: Date[];

  beforeAll(async () => {
    moments = ['2025-03-01T10:05:00Z', '2025-03-01T10:50:00Z', '2025-03-03T00:00:00Z'].map(
      (moment) => new Date(moment),
    );
    await api.database.pool.query(
      `insert into data_integrity_audit_log (id, started_at, duration_ms, origin, checks_total, checks_failed,
         orphans_total, results, health)
       select 'trend-' || n, at, 5, 'DEPLOYMENT', 73, n - 1, (n - 1) * 10, '{"findings": [], "skipped": []}',
              (array['HEALTHY', 'WARNING', 'CRITICAL'])[n]
       from unnest($1::timestamptz[]) with ordinality t (at, n)`,
      [moments],
    );
  });

  test('pages through the runs, the newest first, with filters', async () => {
    const seen: IntegrityAudit[] = [];
    let cursor: string | undefined;
    do {
      const page = await admin.integrityAudits.history.query({
        origin: 'DEPLOYMENT',
        limit: 2,
        ...(cursor === undefined ? {} : { cursor }),
      });
      seen.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen.map(({ id }) => id)).toEqual(['trend-3', 'trend-2', 'trend-1']);
    const critical = await admin.integrityAudits.history.query({ origin: 'DEPLOYMENT', health: 'CRITICAL' });
    expect(critical.items.map(({ id, orphansTotal }) => [id, orphansTotal])).toEqual([['trend-3', '20']]);
    expect(await failureOf(admin.integrityAudits.history.query({ cursor: 'x' }))).toEqual({
      code: 'CURSOR_INVALID',
    });
  });

  test('gives the worst of each day, and days without a run', async () => {
    const trend = await admin.integrityAudits.trend.query({
      since: '2025-03-01T00:00:00+00:00',
      until: '2025-03-03T12:00:00+00:00',
    });
    expect(trend.points).toEqual([
      {
        bucketStart: '2025-03-01T00:00:00.000Z',
        runs: 2,
        orphans: '10',
        checksFailed: 1,
        health: 'WARNING',
      },
      { bucketStart: '2025-03-02T00:00:00.000Z', runs: 0, orphans: null, checksFailed: null, health: null },
      {
        bucketStart: '2025-03-03T00:00:00.000Z',
        runs: 1,
        orphans: '20',
        checksFailed: 2,
        health: 'CRITICAL',
      },
    ]);
  });

  test('counts by the hour', async () => {
    const trend = await admin.integrityAudits.trend.query({
      since: '2025-03-01T10:30:00Z',
      until: '2025-03-01T11:30:00Z',
      bucket: 'hour',
    });
    expect(trend.points.map(({ bucketStart, runs }) => [bucketStart, runs])).toEqual([
      ['2025-03-01T10:00:00.000Z', 1],
      ['2025-03-01T11:00:00.000Z', 0],
    ]);
  });

  test.each([
    ['2020-01-01T00:00:00Z', '2025-01-01T00:00:00Z'],
    ['2025-01-02T00:00:00Z', '2025-01-01T00:00:00Z'],
  ])('refuses the period from %s to %s', async (since, until) => {
    expect(await failureOf(admin.integrityAudits.trend.query({ since, until }))).toEqual({
      code: 'INPUT_INVALID',
    });
  });
});

describe('orphans', () => {
  test('tells counts of the whole database, and rows of the own workspace alone', async () => {
    const own = await plantMembership(api, api.workspace.id);
    const foreign = await plantMembership(api, other.id);
    await damage(
      api,
      `insert into sessions (id, user_id, token, expires_at) values ($1, 'gone', $1, now() + interval '1 day')`,
      newId(),
    );
    const { id: auditId, health } = await admin.integrityAudits.run.mutate();
    expect(health).toBe('WARNING');
    const finding = async (client: TestClient, name: string) =>
      (await client.integrityAudits.orphans.query({ auditId })).findings.find(
        ({ constraintName }) => constraintName === name,
      );
    expect(await finding(admin, memberKey)).toEqual({
      constraintName: memberKey,
      table: 'workspace_memberships',
      severity: 'WARNING',
      count: 2,
      sampleIds: [own],
    });
    expect(await finding(stranger, memberKey)).toMatchObject({ count: 2, sampleIds: [foreign] });
    expect(await finding(admin, 'fk_sessions_user')).toMatchObject({ count: 1, sampleIds: [] });
    await damage(api, 'delete from workspace_memberships where id = any($1)', [own, foreign]);
    await damage(api, `delete from sessions where user_id = 'gone'`);
  });

  test('knows no other runs than those that were', async () => {
    expect(await failureOf(admin.integrityAudits.orphans.query({ auditId: 'x' }))).toEqual({
      code: 'ENTITY_NOT_FOUND',
      entity: 'integrityAudit',
      id: 'x',
    });
  });
});

describe('preview', () => {
  test('lists orphans of the own workspace, page by page', async () => {
    const ids = [await plantMembership(api, api.workspace.id), await plantMembership(api, api.workspace.id)];
    const foreign = await plantMembership(api, other.id);
    const first = await admin.integrityAudits.preview.query({ constraintName: memberKey, limit: 1 });
    expect(first).toMatchObject({
      table: 'workspace_memberships',
      columns: ['user_id'],
      referencedTable: 'users',
      quarantineRefusal: null,
      relinkRefusal: null,
      parts: [],
      items: [{ rowId: ids[0], row: { id: ids[0], role: 'VIEWER', workspace_id: api.workspace.id } }],
    });
    const next = await admin.integrityAudits.preview.query({
      constraintName: memberKey,
      limit: 1,
      ...(first.nextCursor === null ? {} : { cursor: first.nextCursor }),
    });
    expect(next).toMatchObject({ items: [{ rowId: ids[1] }], nextCursor: null });
    await damage(api, 'delete from workspace_memberships where id = any($1)', [...ids, foreign]);
  });

  test.each([
    ['fk_workflow_stage_actions_actor', 'HISTORY', 'HISTORY'],
    ['fk_audit_events_workspace', 'HISTORY', 'HISTORY'],
    ['fk_sessions_user', 'NO_WORKSPACE', 'NO_WORKSPACE'],
    ['fk_sites_workspace', null, 'OWNERSHIP'],
    ['fk_workflow_instances_config_version', null, 'FROZEN_WORKFLOW'],
    ['fk_idempotency_keys_user', null, null],
    ['fk_atp_submissions_scope', null, null],
  ] as const)('says what can be done about %s', async (constraintName, quarantineRefusal, relinkRefusal) => {
    expect(await admin.integrityAudits.preview.query({ constraintName })).toMatchObject({
      quarantineRefusal,
      relinkRefusal,
      items: [],
    });
  });

  test('refuses a name that is no foreign key', async () => {
    const constraintName = `x'; drop table sites; --`;
    expect(await failureOf(admin.integrityAudits.preview.query({ constraintName }))).toEqual({
      code: 'REFERENCE_NOT_FOUND',
      entity: 'foreign key',
      field: 'constraintName',
      id: constraintName,
    });
  });
});

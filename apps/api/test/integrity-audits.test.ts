import { newId } from '@apms/db';
import type { IntegrityAudit } from '@apms/validators';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createIntegrityAuditor } from '../src/modules/integrity-audits/integrity-auditor.ts';
import { activateConfiguration, insertSites } from './support/configuration.ts';
import { failureOf } from './support/failure-of.ts';
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

/** Writes past every key and trigger, as damage comes. */
async function damage(sql: string, ...values: unknown[]): Promise<void> {
  const client = await api.database.pool.connect();
  try {
    await client.query('begin');
    await client.query('set local session_replication_role = replica');
    await client.query(sql, values);
  } finally {
    await client.query('commit');
    client.release();
  }
}

/** A membership of somebody who is gone. */
async function plantMembership(workspaceId: string): Promise<string> {
  const id = newId();
  await damage(
    `insert into workspace_memberships (id, workspace_id, user_id, role) values ($1, $2::uuid, 'gone-' || $1, 'VIEWER')`,
    id,
    workspaceId,
  );
  return id;
}

/** A list with two items, of a workflow that is gone. */
async function plantPunchlist(): Promise<{ listId: string; itemIds: string[] }> {
  const listId = newId();
  const itemIds = [newId(), newId()];
  await damage(
    `insert into punchlists (id, workspace_id, workflow_id, workflow_stage_id, title)
     values ($1, $2::uuid, 'gone', 'gone', 'Defects')`,
    listId,
    api.workspace.id,
  );
  await damage(
    `insert into punchlist_items (id, workspace_id, punchlist_id, item_code, description, severity, status, raised_by_id)
     select id, $2::uuid, $1, 'P-' || id, 'A defect', 'MINOR', 'OPEN', $4 from unnest($3::text[]) id`,
    listId,
    api.workspace.id,
    itemIds,
    api.workspace.people.APPROVER.userId,
  );
  return { listId, itemIds };
}

const memberKey = 'fk_workspace_memberships_user';
const reason = 'The account was deleted by hand.';

async function countRows(table: string, ids: readonly string[]): Promise<number> {
  const { rows } = await api.database.pool.query<{ count: number }>(
    `select count(*)::int as count from ${table} where id = any($1)`,
    [ids],
  );
  return rows[0]?.count ?? 0;
}

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
    await expect
      .poll(async () => (await client.query(`select from pg_locks where locktype = 'advisory'`)).rowCount)
      .toBe(1);
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
    expect((await client.query(`select from pg_locks where locktype = 'advisory'`)).rowCount).toBe(0);
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
      .poll(async () => (await client.query(`select from pg_locks where not granted`)).rowCount)
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
    const own = await plantMembership(api.workspace.id);
    const foreign = await plantMembership(other.id);
    await damage(
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
    await damage('delete from workspace_memberships where id = any($1)', [own, foreign]);
    await damage(`delete from sessions where user_id = 'gone'`);
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
    const ids = [await plantMembership(api.workspace.id), await plantMembership(api.workspace.id)];
    const foreign = await plantMembership(other.id);
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
    await damage('delete from workspace_memberships where id = any($1)', [...ids, foreign]);
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

describe('remediate', () => {
  test('moves a row aside, whole, and restores it when its reference is there again', async () => {
    const rowId = await plantMembership(api.workspace.id);
    const { id: auditId } = await admin.integrityAudits.run.mutate();
    const input = {
      auditId,
      constraintName: memberKey,
      action: 'quarantine' as const,
      rowIds: [rowId],
      reason,
    };
    const before = await api.database.pool.query(
      'select to_jsonb(m) as row from workspace_memberships m where id = $1',
      [rowId],
    );
    const { quarantinedRowIds } = await admin.integrityAudits.remediate.mutate(input);
    expect(await countRows('workspace_memberships', [rowId])).toBe(0);
    const aside = await admin.integrityAudits.quarantined.query({ auditId });
    expect(aside.items).toMatchObject([
      {
        id: quarantinedRowIds[0],
        rowId,
        row: before.rows[0].row,
        reason,
        restoredAt: null,
        constraintName: memberKey,
      },
    ]);
    expect((await stranger.integrityAudits.quarantined.query({ auditId })).items).toEqual([]);
    const events = await api.database.prisma.auditEvent.findMany({
      where: { entityId: auditId, action: 'integrityAudits.remediate' },
    });
    expect(events).toMatchObject([{ details: { constraintName: memberKey, rowIds: [rowId], reason } }]);
    expect(await failureOf(admin.integrityAudits.remediate.mutate(input))).toEqual({
      code: 'ORPHAN_NOT_FOUND',
      constraintName: memberKey,
      rowIds: [rowId],
    });

    // Its person is still missing: the database refuses, and it stays aside.
    const restore = { quarantinedRowIds };
    expect(await failureOf(admin.integrityAudits.restore.mutate(restore))).toMatchObject({
      code: 'REFERENCE_NOT_FOUND',
      entity: 'users',
      field: 'userId',
    });
    expect(await failureOf(stranger.integrityAudits.restore.mutate(restore))).toMatchObject({
      code: 'ENTITY_NOT_FOUND',
      entity: 'quarantinedRow',
    });
    await api.database.pool.query(
      `insert into users (id, email, display_name, status) values ('gone-' || $1, $1 || '@x.example', 'Back', 'PENDING')`,
      [rowId],
    );
    expect(await admin.integrityAudits.restore.mutate(restore)).toEqual({
      rows: [{ quarantinedRowId: quarantinedRowIds[0], table: 'workspace_memberships', rowId }],
    });
    const after = await api.database.pool.query(
      'select to_jsonb(m) as row from workspace_memberships m where id = $1',
      [rowId],
    );
    expect(after.rows).toEqual(before.rows);
    expect(await failureOf(admin.integrityAudits.restore.mutate(restore))).toMatchObject({
      code: 'TRANSITION_ILLEGAL',
      from: 'RESTORED',
    });
    expect((await admin.integrityAudits.quarantined.query({ auditId, state: 'ASIDE' })).items).toEqual([]);
  });

  test('links rows anew, to a member of the workspace only', async () => {
    const rowId = await plantMembership(api.workspace.id);
    const { id: auditId } = await admin.integrityAudits.run.mutate();
    const { userId } = api.workspace.people.APPROVER;
    const input = { auditId, constraintName: memberKey, action: 'relink' as const, rowIds: [rowId], reason };
    const referenceId = other.people.APPROVER.userId;
    expect(await failureOf(admin.integrityAudits.remediate.mutate({ ...input, referenceId }))).toEqual({
      code: 'REFERENCE_NOT_FOUND',
      entity: 'users',
      field: 'referenceId',
      id: referenceId,
    });
    await admin.integrityAudits.remediate.mutate({ ...input, referenceId: userId });
    const { rows } = await api.database.pool.query(
      'select user_id from workspace_memberships where id = $1',
      [rowId],
    );
    expect(rows).toEqual([{ user_id: userId }]);
    expect(
      await failureOf(admin.integrityAudits.remediate.mutate({ ...input, referenceId: userId })),
    ).toMatchObject({ code: 'ORPHAN_NOT_FOUND', rowIds: [rowId] });
    await damage('delete from workspace_memberships where id = $1', rowId);
  });

  test('takes along what is part of a row, and brings it back with it', async () => {
    const { listId, itemIds } = await plantPunchlist();
    const constraintName = 'fk_punchlists_workflow';
    const { id: auditId } = await admin.integrityAudits.run.mutate();
    expect(await admin.integrityAudits.preview.query({ constraintName })).toMatchObject({
      parts: ['punchlist_items'],
      items: [{ rowId: listId }],
    });
    const { quarantinedRowIds } = await admin.integrityAudits.remediate.mutate({
      auditId,
      constraintName,
      action: 'quarantine',
      rowIds: [listId],
      reason,
    });
    expect(await countRows('punchlists', [listId])).toBe(0);
    expect(await countRows('punchlist_items', itemIds)).toBe(0);
    const aside = await admin.integrityAudits.quarantined.query({ auditId, direction: 'asc' });
    expect(aside.items.map(({ id }) => id)).toEqual(quarantinedRowIds);
    expect(aside.items.map(({ rowId }) => rowId).toSorted()).toEqual([listId, ...itemIds].toSorted());
    expect(aside.items[0]?.table).toBe('punchlists');
    expect(await failureOf(admin.integrityAudits.restore.mutate({ quarantinedRowIds }))).toMatchObject({
      code: 'REFERENCE_NOT_FOUND',
    });
    expect(await countRows('punchlist_items', itemIds)).toBe(0);
  });

  test('does all or nothing, and nothing in another workspace', async () => {
    const own = await plantMembership(api.workspace.id);
    const foreign = await plantMembership(other.id);
    const { id: auditId } = await admin.integrityAudits.run.mutate();
    const sound = await api.database.prisma.workspaceMembership.findFirstOrThrow({
      where: { workspaceId: api.workspace.id, userId: api.workspace.people.VIEWER.userId },
    });
    const input = { auditId, constraintName: memberKey, action: 'quarantine' as const, reason };
    for (const rowId of [foreign, sound.id, 'unknown']) {
      expect(
        await failureOf(admin.integrityAudits.remediate.mutate({ ...input, rowIds: [own, rowId] })),
      ).toEqual({ code: 'ORPHAN_NOT_FOUND', constraintName: memberKey, rowIds: [rowId] });
    }
    expect(await countRows('workspace_memberships', [own, foreign, sound.id])).toBe(3);
    await damage('delete from workspace_memberships where id = any($1)', [own, foreign]);
  });

  test('one of two simultaneous remediations wins', async () => {
    const rowId = await plantMembership(api.workspace.id);
    const { id: auditId } = await admin.integrityAudits.run.mutate();
    const input = {
      auditId,
      constraintName: memberKey,
      action: 'quarantine' as const,
      rowIds: [rowId],
      reason,
    };
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, () => admin.integrityAudits.remediate.mutate(input)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await admin.integrityAudits.quarantined.query({ auditId })).items).toHaveLength(1);
  });

  test('leaves what has left DRAFT, and history, as it is', async () => {
    const { people } = api.workspace;
    const { versionId } = await activateConfiguration(api, {
      roster: {
        RTS: [people.APPROVER],
        RTH: [people.APPROVER],
        PMO: [people.APPROVER],
        NOC_HEAD: [people.APPROVER],
      },
    });
    await damage(
      `update cluster_approver_master set user_id = 'gone' where config_version_id = $1`,
      versionId,
    );
    const { rows } = await api.database.pool.query<{ id: string }>(
      'select id from cluster_approver_master where config_version_id = $1 limit 1',
      [versionId],
    );
    const rowIds = rows.map(({ id }) => id);
    const eventId = newId();
    await damage(
      `insert into audit_events (id, workspace_id, actor_id, action, entity_type, entity_id)
       values ($1, $2::uuid, 'gone', 'a', 'b', 'c')`,
      eventId,
      api.workspace.id,
    );
    const { id: auditId } = await admin.integrityAudits.run.mutate();
    const approverKey = 'fk_cluster_approver_master_user';
    const frozen = {
      code: 'REMEDIATION_REFUSED',
      constraintName: approverKey,
      table: 'cluster_approver_master',
      reason: 'FROZEN_VERSION',
    };
    const input = { auditId, constraintName: approverKey, rowIds, reason };
    const attempt = (more: { action: 'quarantine' } | { action: 'relink'; referenceId: string }) =>
      failureOf(admin.integrityAudits.remediate.mutate({ ...input, ...more }));
    expect(await attempt({ action: 'quarantine' })).toEqual(frozen);
    expect(await attempt({ action: 'relink', referenceId: people.APPROVER.userId })).toEqual(frozen);
    expect(
      await failureOf(
        admin.integrityAudits.remediate.mutate({
          auditId,
          constraintName: 'fk_audit_events_actor',
          action: 'quarantine',
          rowIds: [eventId],
          reason,
        }),
      ),
    ).toMatchObject({ code: 'REMEDIATION_REFUSED', reason: 'HISTORY' });
  });

  test('refuses a check in which the audit found nothing, and half an input', async () => {
    const { id: auditId } = await admin.integrityAudits.run.mutate();
    const [siteId = ''] = await insertSites(api, 1);
    const input = {
      auditId,
      constraintName: 'fk_sites_workspace',
      action: 'quarantine' as const,
      rowIds: [siteId],
      reason,
    };
    expect(await failureOf(admin.integrityAudits.remediate.mutate(input))).toMatchObject({
      code: 'REFERENCE_NOT_FOUND',
      entity: 'finding',
    });
    for (const wrong of [
      { ...input, action: 'relink' as const },
      { ...input, referenceId: 'x' },
      { ...input, reason: ' ' },
      { ...input, rowIds: [] },
    ]) {
      expect(await failureOf(admin.integrityAudits.remediate.mutate(wrong))).toEqual({
        code: 'INPUT_INVALID',
      });
    }
    expect(
      await failureOf(admin.integrityAudits.remediate.mutate({ ...input, auditId: 'unknown' })),
    ).toMatchObject({ code: 'ENTITY_NOT_FOUND' });
  });
});

import { newId } from '@apms/db';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { activateConfiguration, insertSites } from './support/configuration.ts';
import { insertDraft } from './support/draft-version.ts';
import { failureOf } from './support/failure-of.ts';
import { countRows, damage, plantMembership, plantPunchlist } from './support/orphans.ts';
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
const reason = 'The account was deleted by hand.';

describe('remediate', () => {
  test('moves a row aside, whole, and restores it when its reference is there again', async () => {
    const rowId = await plantMembership(api, api.workspace.id);
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
    expect(await countRows(api, 'workspace_memberships', [rowId])).toBe(0);
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
    const rowId = await plantMembership(api, api.workspace.id);
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
    await damage(api, 'delete from workspace_memberships where id = $1', rowId);
  });

  test('links rows of the configuration within their version only', async () => {
    const drafts = [await insertDraft(api), await insertDraft(api)] as const;
    for (const draft of drafts) {
      await api.database.pool.query(
        `insert into atp_scope_master (id, workspace_id, config_version_id, scope_code, scope_name, scope_group)
         values ($1 || ':s', $2::uuid, $1, 'RAN', 'RAN', 'RAN')`,
        [draft, api.workspace.id],
      );
    }
    const rowId = newId();
    await damage(
      api,
      `insert into cluster_master (id, workspace_id, config_version_id, scope_id, cluster_code, region)
       values ($1, $2::uuid, $3, 'gone', 'CL-1', 'NORTH')`,
      rowId,
      api.workspace.id,
      drafts[0],
    );
    const { id: auditId } = await admin.integrityAudits.run.mutate();
    const input = { auditId, constraintName: 'fk_cluster_master_scope', action: 'relink' as const, reason };
    const link = (referenceId: string) =>
      admin.integrityAudits.remediate.mutate({ ...input, rowIds: [rowId], referenceId });
    expect(await failureOf(link(`${drafts[1]}:s`))).toMatchObject({
      code: 'REFERENCE_NOT_FOUND',
      entity: 'atp_scope_master',
    });
    await link(`${drafts[0]}:s`);
    const { rows } = await api.database.pool.query('select scope_id from cluster_master where id = $1', [
      rowId,
    ]);
    expect(rows).toEqual([{ scope_id: `${drafts[0]}:s` }]);
  });

  test('takes along what is part of a row, and brings it back with it', async () => {
    const { listId, itemIds } = await plantPunchlist(api);
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
    expect(await countRows(api, 'punchlists', [listId])).toBe(0);
    expect(await countRows(api, 'punchlist_items', itemIds)).toBe(0);
    const aside = await admin.integrityAudits.quarantined.query({ auditId, direction: 'asc' });
    expect(aside.items.map(({ id }) => id)).toEqual(quarantinedRowIds);
    expect(aside.items.map(({ rowId }) => rowId).toSorted()).toEqual([listId, ...itemIds].toSorted());
    expect(aside.items[0]?.table).toBe('punchlists');
    expect(await failureOf(admin.integrityAudits.restore.mutate({ quarantinedRowIds }))).toMatchObject({
      code: 'REFERENCE_NOT_FOUND',
    });
    expect(await countRows(api, 'punchlist_items', itemIds)).toBe(0);
  });

  test('does all or nothing, and nothing in another workspace', async () => {
    const own = await plantMembership(api, api.workspace.id);
    const foreign = await plantMembership(api, other.id);
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
    expect(await countRows(api, 'workspace_memberships', [own, foreign, sound.id])).toBe(3);
    await damage(api, 'delete from workspace_memberships where id = any($1)', [own, foreign]);
  });

  test('one of two simultaneous remediations wins', async () => {
    const rowId = await plantMembership(api, api.workspace.id);
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
      api,
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
      api,
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

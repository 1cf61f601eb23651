import { runValidationSuite } from '@apms/db/checks';
import type { ConfigurationRows } from '@apms/validators';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { importRows, smallRows } from './support/config-versions.ts';
import { failureOf } from './support/failure-of.ts';
import { startApi, type TestApi, type TestClient, type TestWorkspace } from './support/start-api.ts';

let api: TestApi;
let workspace: TestWorkspace;
let manager: TestClient['configVersions'];

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());
// Which version is ACTIVE concerns the whole workspace, so every test has one of its own.
beforeEach(async () => {
  workspace = await api.createWorkspace();
  manager = api.as(workspace.people.CONFIG_MANAGER).configVersions;
});

let files = 0;

/** Imports a file of its own each time: the same rows from another place in it. */
async function imported(change: Partial<ConfigurationRows> = {}) {
  files += 1;
  const rows = smallRows(change);
  const clusters = rows.clusters.map((row) => ({ ...row, sourceRow: files }));
  return await importRows(api, { ...rows, clusters }, { workspace });
}

async function activated(change: Partial<ConfigurationRows> = {}) {
  const { id } = await imported(change);
  return await manager.activate.mutate({ configVersionId: id, acknowledgeWarnings: true });
}

/** The status that a call leads to, or the code of its failure. */
async function outcomeOf(call: Promise<{ readonly status: string }>): Promise<string> {
  return await call.then(
    ({ status }) => status,
    async () => (await failureOf(call)).code,
  );
}

const emptySeat = { approvers: smallRows().approvers.slice(0, 2) };
const noStage = { policies: smallRows().policies.map((policy) => ({ ...policy, stages: [] })) };

describe('activate', () => {
  test('makes a DRAFT the ACTIVE version and links it with the former one', async () => {
    const first = await imported();
    expect(first).toMatchObject({ versionNumber: 1, status: 'DRAFT', validationStatus: 'VALID', errors: 0 });
    expect(await manager.activate.mutate({ configVersionId: first.id })).toMatchObject({
      status: 'ACTIVE',
      previousVersionId: null,
      activatedById: workspace.people.CONFIG_MANAGER.userId,
      warningsAcknowledgedAt: null,
    });
    const second = await imported({ vendors: [] });
    expect(second).toMatchObject({ versionNumber: 2, counts: { vendors: 0, stages: 2, approvers: 3 } });
    const active = await manager.activate.mutate({ configVersionId: second.id });
    expect(active).toMatchObject({ status: 'ACTIVE', previousVersionId: first.id });
    expect(await manager.get.query({ configVersionId: first.id })).toMatchObject({
      status: 'SUPERSEDED',
      supersededById: second.id,
      supersededAt: active.activatedAt,
    });
    const { items } = await manager.list.query({ status: 'ACTIVE' });
    expect(items.map(({ id }) => id)).toEqual([second.id]);
  });

  test('takes warnings only when they are acknowledged, and errors never', async () => {
    const warned = await imported(emptySeat);
    expect(warned).toMatchObject({ validationStatus: 'WARNINGS', warnings: 1, errors: 0 });
    const facts = {
      code: 'CONFIG_VERSION_NOT_VALID',
      configVersionId: warned.id,
      validationStatus: 'WARNINGS',
    };
    expect(await failureOf(manager.activate.mutate({ configVersionId: warned.id }))).toEqual(facts);
    const active = await manager.activate.mutate({ configVersionId: warned.id, acknowledgeWarnings: true });
    expect(active.warningsAcknowledgedAt).toBe(active.activatedAt);

    const invalid = await imported(noStage);
    expect(invalid).toMatchObject({ validationStatus: 'INVALID', errors: 1 });
    const call = manager.activate.mutate({ configVersionId: invalid.id, acknowledgeWarnings: true });
    expect(await failureOf(call)).toEqual({
      ...facts,
      configVersionId: invalid.id,
      validationStatus: 'INVALID',
    });
  });

  test('refuses a DRAFT that is older than the ACTIVE version', async () => {
    const older = await imported();
    await activated();
    expect(await failureOf(manager.activate.mutate({ configVersionId: older.id }))).toEqual({
      code: 'CONFIG_VERSION_OUTDATED',
      configVersionId: older.id,
      activeVersionNumber: 2,
    });
  });

  test('at once on several DRAFTs leaves one ACTIVE, and the others get a typed conflict', async () => {
    const drafts = [];
    for (const _ of [1, 2, 3, 4, 5, 6]) drafts.push(await imported());
    const outcomes = await Promise.all(
      drafts.map(async ({ id }) => await outcomeOf(manager.activate.mutate({ configVersionId: id }))),
    );
    const { items } = await manager.list.query({});
    expect(items.filter(({ status }) => status === 'ACTIVE')).toHaveLength(1);
    expect(outcomes).toContain('ACTIVE');
    for (const outcome of outcomes)
      expect(outcome).toMatch(/^(ACTIVE|CONFIG_VERSION_CONFLICT|CONFIG_VERSION_OUTDATED)$/);
  });

  test('at once on one DRAFT activates it once', async () => {
    const { id: configVersionId } = await imported();
    const calls = Array.from({ length: 8 }, () => manager.activate.mutate({ configVersionId }));
    const outcomes = await Promise.all(calls.map(outcomeOf));
    expect(outcomes.filter((outcome) => outcome === 'ACTIVE')).toHaveLength(1);
    for (const outcome of outcomes) {
      expect(outcome).toMatch(/^(ACTIVE|CONFIG_VERSION_CONFLICT|TRANSITION_ILLEGAL)$/);
    }
    const events = await api.database.prisma.auditEvent.findMany({
      where: { entityId: configVersionId, action: 'configVersions.activate' },
    });
    expect(events).toHaveLength(1);
  });
});

describe('rollback', () => {
  test('makes a copy of a SUPERSEDED version ACTIVE, with ids of its own', async () => {
    const first = await activated(emptySeat);
    const second = await activated({ clusters: [], approvers: [] });
    const back = await manager.rollback.mutate({ configVersionId: first.id });
    expect(back).toMatchObject({
      versionNumber: 3,
      status: 'ACTIVE',
      isRollback: true,
      notes: 'Rollback to version 1',
      previousVersionId: second.id,
      sourceChecksum: first.sourceChecksum,
      validationStatus: 'WARNINGS',
      counts: first.counts,
    });
    expect((await manager.get.query({ configVersionId: second.id })).supersededById).toBe(back.id);
    expect((await manager.get.query({ configVersionId: first.id })).status).toBe('SUPERSEDED');
    const comparison = await manager.compare.query({ fromVersionId: first.id, toVersionId: back.id });
    expect(comparison.items).toEqual([]);
    expect((await manager.findings.query({ configVersionId: back.id })).items).toEqual(
      (await manager.findings.query({ configVersionId: first.id })).items,
    );
    const ids = await Promise.all(
      [first.id, back.id].map(async (configVersionId) => {
        const { items } = await manager.rows.query({ configVersionId, kind: 'approvers' });
        return items.map(({ id }) => id);
      }),
    );
    expect(new Set(ids.flat()).size).toBe(4);
    for (const id of ids.flat())
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('is refused from every other status', async () => {
    const active = await activated();
    expect(await failureOf(manager.rollback.mutate({ configVersionId: active.id }))).toMatchObject({
      code: 'TRANSITION_ILLEGAL',
      from: 'ACTIVE',
      action: 'rollback',
    });
    const draft = await imported();
    expect(await failureOf(manager.rollback.mutate({ configVersionId: draft.id }))).toMatchObject({
      from: 'DRAFT',
    });
  });

  test('twice at once: one of them, or both one after the other', async () => {
    const first = await activated();
    await activated();
    const calls = [1, 2, 3].map(() => manager.rollback.mutate({ configVersionId: first.id }));
    const outcomes = await Promise.all(calls.map(outcomeOf));
    expect(outcomes).toContain('ACTIVE');
    for (const outcome of outcomes) expect(outcome).toMatch(/^(ACTIVE|CONFIG_VERSION_CONFLICT)$/);
    expect((await manager.list.query({ status: 'ACTIVE' })).items).toHaveLength(1);
  });
});

describe('archive and discard', () => {
  test('archive ends a SUPERSEDED version, and no rollback leads to it', async () => {
    const first = await activated();
    const active = await activated();
    const archived = await manager.archive.mutate({ configVersionId: first.id });
    expect(archived).toMatchObject({ status: 'ARCHIVED', supersededById: active.id });
    expect(archived.archivedAt).not.toBeNull();
    for (const action of ['archive', 'rollback', 'activate', 'discard'] as const) {
      expect(await failureOf(manager[action].mutate({ configVersionId: first.id }))).toEqual({
        code: 'TRANSITION_ILLEGAL',
        entity: 'configVersion',
        id: first.id,
        from: 'ARCHIVED',
        action,
      });
    }
    expect(await failureOf(manager.archive.mutate({ configVersionId: active.id }))).toMatchObject({
      from: 'ACTIVE',
    });
  });

  test('discard deletes a DRAFT with everything in it and keeps its document and people', async () => {
    const draft = await imported();
    const { sourceChecksum } = draft;
    expect(await manager.discard.mutate({ configVersionId: draft.id })).toEqual({
      configVersionId: draft.id,
    });
    expect(await failureOf(manager.get.query({ configVersionId: draft.id }))).toMatchObject({
      code: 'ENTITY_NOT_FOUND',
    });
    const { prisma } = api.database;
    expect(await prisma.document.count({ where: { sha256: sourceChecksum } })).toBeGreaterThan(0);
    expect(await prisma.user.count({ where: { email: 'adi@opco.example' } })).toBe(1);
    const where = { workspaceId: workspace.id };
    expect(await prisma.atpScopeMaster.count({ where })).toBe(0);
    expect(await prisma.clusterApproverMaster.count({ where })).toBe(0);
  });

  test('discard is for DRAFTs only', async () => {
    const first = await activated();
    expect(await failureOf(manager.discard.mutate({ configVersionId: first.id }))).toEqual({
      code: 'CONFIG_VERSION_ACTIVE',
      configVersionId: first.id,
    });
    await activated();
    expect(await failureOf(manager.discard.mutate({ configVersionId: first.id }))).toMatchObject({
      code: 'TRANSITION_ILLEGAL',
      from: 'SUPERSEDED',
    });
  });

  test('the chain of versions stays whole through all of it', async () => {
    const first = await activated();
    const second = await activated();
    await manager.rollback.mutate({ configVersionId: first.id });
    await manager.rollback.mutate({ configVersionId: second.id });
    await manager.archive.mutate({ configVersionId: first.id });
    await imported();
    const client = await api.testDatabase.connect();
    await client.query('begin');
    const results = await runValidationSuite(client, { codes: ['C3', 'I3'] });
    expect(results.flatMap(({ problems }) => problems)).toEqual([]);
    await client.query('rollback');
  });
});

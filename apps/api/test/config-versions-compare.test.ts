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
beforeEach(async () => {
  workspace = await api.createWorkspace();
  manager = api.as(workspace.people.CONFIG_MANAGER).configVersions;
});

const imported = async (change: Partial<ConfigurationRows> = {}) =>
  await importRows(api, smallRows(change), { workspace });

describe('compare', () => {
  test('tells what was added, removed and changed, with the fields', async () => {
    const before = smallRows();
    const from = await imported();
    const to = await imported({
      vendors: [...before.vendors.slice(0, 1), { vendorCode: 'LTE', vendorName: 'LTE', vendorType: 'OTHER' }],
      clusters: before.clusters.map((row) => ({ ...row, siteCount: row.siteCount + 1, sourceRow: 99 })),
      approvers: before.approvers.map((row) =>
        row.rank === 2 ? { ...row, email: 'citra@opco.example' } : row,
      ),
      policies: before.policies.map((row) => ({
        ...row,
        stages: row.stages.map((stage) => ({
          ...stage,
          slaHours: stage.stageNumber === 1 ? 12 : stage.slaHours,
        })),
      })),
    });
    const versions = { fromVersionId: from.id, toVersionId: to.id };
    const { summary, items, nextCursor } = await manager.compare.query(versions);
    const none = { added: 0, removed: 0, changed: 0 };
    expect(summary).toEqual([
      { ...none, kind: 'scopes' },
      { ...none, kind: 'vendors', added: 1, removed: 1 },
      { ...none, kind: 'roles' },
      { ...none, kind: 'policies' },
      { ...none, kind: 'stages', changed: 1 },
      { ...none, kind: 'clusters', changed: 2 },
      { ...none, kind: 'approvers', changed: 1 },
    ]);
    expect(nextCursor).toBeNull();
    expect(items).toMatchObject([
      { kind: 'vendors', change: 'REMOVED', key: ['HTI'], before: { vendorName: 'HTI' }, after: null },
      { kind: 'vendors', change: 'ADDED', key: ['LTE'], before: null, after: { vendorName: 'LTE' } },
      { kind: 'stages', changedFields: ['slaHours'], before: { slaHours: 48 }, after: { slaHours: 12 } },
      { kind: 'clusters', key: ['RAN', 'CL-1'], changedFields: ['siteCount'] },
      { kind: 'clusters', key: ['RAN', 'CL-2'], before: { siteCount: 3 }, after: { siteCount: 4 } },
      { kind: 'approvers', key: ['RAN', 'CL-1', 'RTS', '2'], changedFields: ['email'] },
    ]);

    const paged = [];
    let cursor: string | undefined;
    do {
      const page = await manager.compare.query({ ...versions, limit: 2, ...(cursor ? { cursor } : {}) });
      expect(page.summary).toEqual(summary);
      paged.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(paged).toEqual(items);
    expect(
      (await manager.compare.query({ ...versions, kind: 'clusters', change: 'CHANGED' })).items,
    ).toHaveLength(2);
    expect((await manager.compare.query({ ...versions, kind: 'clusters', change: 'ADDED' })).items).toEqual(
      [],
    );
  });

  test('knows no version of another workspace', async () => {
    const { id } = await imported();
    const elsewhere = await api.createWorkspace();
    const foreign = await importRows(api, smallRows(), { workspace: elsewhere });
    for (const versions of [
      { fromVersionId: id, toVersionId: foreign.id },
      { fromVersionId: foreign.id, toVersionId: id },
    ]) {
      expect(await failureOf(manager.compare.query(versions))).toEqual({
        code: 'ENTITY_NOT_FOUND',
        entity: 'configVersion',
        id: foreign.id,
      });
    }
  });
});

import { newId } from '@apms/db';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { importRows, smallRows } from './support/config-versions.ts';
import { failureOf } from './support/failure-of.ts';
import { startApi, type TestApi, type TestClient, type TestWorkspace } from './support/start-api.ts';

let api: TestApi;
let workspace: TestWorkspace;
let manager: TestClient;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());
// Which version is ACTIVE concerns the whole workspace, so every test has one of its own.
beforeEach(async () => {
  workspace = await api.createWorkspace();
  manager = api.as(workspace.people.CONFIG_MANAGER);
});

const imported = (change = {}) => importRows(api, smallRows(change), { workspace });

describe('activate', () => {
  test('makes a DRAFT the ACTIVE version and links it with the former one', async () => {
    const first = await imported();
    expect(first).toMatchObject({ versionNumber: 1, status: 'DRAFT', validationStatus: 'VALID', errors: 0 });
    expect(await manager.configVersions.activate.mutate({ configVersionId: first.id })).toMatchObject({
      status: 'ACTIVE',
      previousVersionId: null,
      activatedById: workspace.people.CONFIG_MANAGER.userId,
      warningsAcknowledgedAt: null,
    });
    const second = await imported({ vendors: [] });
    expect(second).toMatchObject({ versionNumber: 2, counts: { vendors: 0, stages: 2, approvers: 3 } });
    const active = await manager.configVersions.activate.mutate({ configVersionId: second.id });
    expect(active).toMatchObject({ status: 'ACTIVE', previousVersionId: first.id });
    expect(await manager.configVersions.get.query({ configVersionId: first.id })).toMatchObject({
      status: 'SUPERSEDED',
      supersededById: second.id,
      supersededAt: active.activatedAt,
    });
    const { items } = await manager.configVersions.list.query({ status: 'ACTIVE' });
    expect(items.map(({ id }) => id)).toEqual([second.id]);
  });
});
void newId;
void failureOf;

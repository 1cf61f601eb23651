import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDraftRows } from './support/draft-rows.ts';
import { activateVersion, insertDraft } from './support/draft-version.ts';
import { failureOf } from './support/failure-of.ts';
import { startApi, type TestApi, type TestClient } from './support/start-api.ts';
import { statementsOf } from './support/statements-of.ts';

let api: TestApi;
let manager: TestClient;

beforeAll(async () => {
  api = await startApi();
  manager = api.as(api.workspace.people.CONFIG_MANAGER);
});
afterAll(() => api.stop());

test('a cluster of a DRAFT is added, changed and deleted with the people in its seats', async () => {
  const { configVersionId, scope, roles } = await createDraftRows(api);
  const input = { configVersionId, scopeId: scope.id, clusterCode: 'CL-2', mSequence: 'M3' };
  const cluster = await manager.clusters.create.mutate(input);
  expect(cluster).toMatchObject({
    ...input,
    scopeCode: 'RAN',
    scopeName: 'Radio',
    siteCount: 0,
    sourceSheet: null,
  });
  const clusterId = cluster.id;
  const { userId } = api.workspace.people.APPROVER;
  await manager.clusterApprovers.create.mutate({ clusterId, roleId: roles[0].id, userId });
  const changed = await manager.clusters.update.mutate({ clusterId, siteCount: 7, mSequence: null });
  expect(changed).toEqual({ ...cluster, siteCount: 7, mSequence: null });
  expect(await manager.clusters.get.query({ clusterId })).toEqual(changed);
  await manager.clusters.delete.mutate({ clusterId });
  expect(await failureOf(manager.clusters.get.query({ clusterId }))).toMatchObject({
    code: 'ENTITY_NOT_FOUND',
  });
  expect(await api.database.prisma.clusterApproverMaster.count({ where: { clusterId } })).toBe(0);
});

test('a code is there once for a scope; scopes of other versions are not', async () => {
  const { configVersionId, scope, cluster } = await createDraftRows(api);
  const { clusterCode } = cluster;
  const again = { configVersionId, scopeId: scope.id, clusterCode };
  expect(await failureOf(manager.clusters.create.mutate(again))).toMatchObject({
    code: 'ENTITY_DUPLICATE',
    entity: 'cluster_master',
    fields: ['scopeId', 'clusterCode'],
    value: `${scope.id}, ${clusterCode}`,
  });
  const other = await createDraftRows(api);
  const missing = {
    code: 'REFERENCE_NOT_FOUND',
    entity: 'atp_scope_master',
    field: 'scopeId',
    id: other.scope.id,
  };
  expect(await failureOf(manager.clusters.create.mutate({ ...again, scopeId: other.scope.id }))).toEqual(
    missing,
  );
  const move = { clusterId: cluster.id, scopeId: other.scope.id };
  expect(await failureOf(manager.clusters.update.mutate(move))).toEqual(missing);
});

test('list filters, sorts and pages in one statement; an active version is only read', async () => {
  const { configVersionId, scope, cluster } = await createDraftRows(api);
  for (const [clusterCode, region, siteCount] of [
    ['CL-3', 'SOUTH', 5],
    ['CL-2', 'SOUTH', 30],
  ] as const) {
    await manager.clusters.create.mutate({
      configVersionId,
      scopeId: scope.id,
      clusterCode,
      region,
      siteCount,
    });
  }
  const codes = async (filter: object) =>
    (await manager.clusters.list.query({ configVersionId, ...filter })).items.map(
      ({ clusterCode }) => clusterCode,
    );
  expect(await codes({})).toEqual(['CL-1', 'CL-2', 'CL-3']);
  expect(await codes({ sort: 'siteCount' })).toEqual(['CL-2', 'CL-1', 'CL-3']);
  expect(await codes({ region: 'SOUTH', direction: 'desc' })).toEqual(['CL-3', 'CL-2']);
  expect(await codes({ scopeCode: 'MW' })).toEqual([]);
  expect(await codes({ search: 'cl-2' })).toEqual(['CL-2']);
  const page = await manager.clusters.list.query({ configVersionId, sort: 'siteCount', limit: 2 });
  expect(await codes({ sort: 'siteCount', limit: 2, cursor: page.nextCursor ?? '' })).toEqual(['CL-3']);
  expect(await statementsOf('cluster_master', () => codes({}))).toHaveLength(1);
  await activateVersion(api, configVersionId);
  const clusterId = cluster.id;
  const refused = { code: 'CONFIG_VERSION_NOT_DRAFT', configVersionId, status: 'ACTIVE' };
  expect(await failureOf(manager.clusters.update.mutate({ clusterId, siteCount: 1 }))).toEqual(refused);
  expect(await failureOf(manager.clusters.delete.mutate({ clusterId }))).toEqual(refused);
});

test('regions are told once each, and of a version that is there', async () => {
  const { configVersionId, scope } = await createDraftRows(api);
  for (const [clusterCode, region] of [
    ['CL-2', 'EAST'],
    ['CL-3', 'NORTH'],
    ['CL-4', null],
  ] as const) {
    await manager.clusters.create.mutate({ configVersionId, scopeId: scope.id, clusterCode, region });
  }
  expect(await manager.clusters.regions.query({ configVersionId })).toEqual({ regions: ['EAST', 'NORTH'] });
  const nowhere = await insertDraft(api);
  expect(await manager.clusters.regions.query({ configVersionId: nowhere })).toEqual({ regions: [] });
  expect(await failureOf(manager.clusters.regions.query({ configVersionId: 'none' }))).toEqual({
    code: 'ENTITY_NOT_FOUND',
    entity: 'configVersion',
    id: 'none',
  });
});

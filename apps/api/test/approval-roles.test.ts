import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDraftRows } from './support/draft-rows.ts';
import { activateVersion } from './support/draft-version.ts';
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

test('a seat of a DRAFT is added, changed and deleted', async () => {
  const { configVersionId } = await createDraftRows(api);
  const input = {
    configVersionId,
    roleCode: 'NOC_HEAD',
    roleName: 'NOC Head',
    hierarchyOrder: 9,
    stageGroup: 'FINAL' as const,
  };
  const role = await manager.approvalRoles.create.mutate(input);
  expect(role).toMatchObject({ ...input, isFinalApprover: false, canApproveParallel: false });
  const approvalRoleId = role.id;
  const changed = await manager.approvalRoles.update.mutate({ approvalRoleId, isFinalApprover: true });
  expect(changed).toEqual({ ...role, isFinalApprover: true });
  expect(await manager.approvalRoles.get.query({ approvalRoleId })).toEqual(changed);
  expect(
    await failureOf(manager.approvalRoles.update.mutate({ approvalRoleId, roleCode: 'RTS' })),
  ).toMatchObject({
    code: 'ENTITY_DUPLICATE',
    entity: 'approval_role_master',
    fields: ['roleCode'],
    value: 'RTS',
  });
  await manager.approvalRoles.delete.mutate({ approvalRoleId });
  expect(await failureOf(manager.approvalRoles.get.query({ approvalRoleId }))).toMatchObject({
    code: 'ENTITY_NOT_FOUND',
    entity: 'approvalRole',
  });
});

test('a seat in which somebody sits, or that decides a stage, is not deleted', async () => {
  const { configVersionId, roles, cluster, scope } = await createDraftRows(api);
  const [rts, rth] = roles;
  const { userId } = api.workspace.people.APPROVER;
  await manager.clusterApprovers.create.mutate({ clusterId: cluster.id, roleId: rts.id, userId });
  await manager.approvalPolicies.create.mutate({
    configVersionId,
    policyCode: 'P',
    policyName: 'A policy',
    scopeId: scope.id,
    atpCategory: 'BOTH',
    stages: [{ stageNumber: 1, roleId: rth.id }],
  });
  for (const [role, usedBy] of [
    [rts, 'cluster_approver_master'],
    [rth, 'approval_policy_stages'],
  ] as const) {
    expect(await failureOf(manager.approvalRoles.delete.mutate({ approvalRoleId: role.id }))).toEqual({
      code: 'ENTITY_IN_USE',
      entity: 'approval_role_master',
      id: role.id,
      usedBy,
    });
  }
});

test.each([{ hierarchyOrder: 0 }, { hierarchyOrder: 2 ** 31 }, { hierarchyOrder: 1.5 }])(
  'refuses %j',
  async (wrong) => {
    const { roles } = await createDraftRows(api);
    const failing = manager.approvalRoles.update.mutate({ approvalRoleId: roles[0].id, ...wrong });
    await expect(failing).rejects.toMatchObject({ data: { inputIssues: [{ path: ['hierarchyOrder'] }] } });
  },
);

test('list goes by the hierarchy in one statement; an active version is only read', async () => {
  const { configVersionId, roles } = await createDraftRows(api);
  const codes = async (filter: object) =>
    (await manager.approvalRoles.list.query({ configVersionId, ...filter })).items.map(
      ({ roleCode }) => roleCode,
    );
  expect(await codes({})).toEqual(['RTS', 'RTH', 'PMO']);
  const page = await manager.approvalRoles.list.query({ configVersionId, limit: 2 });
  expect(await codes({ limit: 2, cursor: page.nextCursor ?? '' })).toEqual(['PMO']);
  expect(await codes({ sort: 'roleCode', search: 'seat' })).toEqual(['PMO', 'RTH', 'RTS']);
  expect(await codes({ stageGroup: 'SIGN' })).toEqual([]);
  const cursor = Buffer.from('["9999999999999","x"]').toString('base64url');
  expect(await failureOf(codes({ cursor }))).toEqual({ code: 'CURSOR_INVALID' });
  expect(await statementsOf('approval_role_master', () => codes({}))).toHaveLength(1);
  await activateVersion(api, configVersionId);
  const approvalRoleId = roles[0].id;
  const refused = { code: 'CONFIG_VERSION_NOT_DRAFT', configVersionId, status: 'ACTIVE' };
  expect(await failureOf(manager.approvalRoles.update.mutate({ approvalRoleId, roleName: 'x' }))).toEqual(
    refused,
  );
  expect(await failureOf(manager.approvalRoles.delete.mutate({ approvalRoleId }))).toEqual(refused);
});

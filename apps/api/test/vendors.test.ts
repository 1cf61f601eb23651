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

test('a vendor of a DRAFT is added, changed and deleted', async () => {
  const configVersionId = await insertDraft(api);
  const input = {
    configVersionId,
    vendorCode: 'V-9',
    vendorName: 'Nine',
    contactEmail: 'nine@vendors.example',
  };
  const vendor = await manager.vendors.create.mutate(input);
  expect(vendor).toMatchObject({ ...input, vendorType: 'OTHER', isActive: true });
  const vendorId = vendor.id;
  const changed = await manager.vendors.update.mutate({
    vendorId,
    contactEmail: null,
    vendorType: 'EQUIPMENT',
  });
  expect(changed).toEqual({ ...vendor, contactEmail: null, vendorType: 'EQUIPMENT' });
  expect(await manager.vendors.get.query({ vendorId })).toEqual(changed);
  await manager.vendors.delete.mutate({ vendorId });
  expect(await failureOf(manager.vendors.update.mutate({ vendorId, isActive: false }))).toEqual({
    code: 'ENTITY_NOT_FOUND',
    entity: 'vendor',
    id: vendorId,
  });
});

test('a code is there once in a version, and again in another', async () => {
  const { vendor, configVersionId } = await createDraftRows(api);
  const { vendorCode, vendorName } = vendor;
  expect(await failureOf(manager.vendors.create.mutate({ configVersionId, vendorCode, vendorName }))).toEqual(
    {
      code: 'ENTITY_DUPLICATE',
      entity: 'vendor_master',
      fields: ['vendorCode'],
      value: vendorCode,
    },
  );
  const other = await insertDraft(api);
  await manager.vendors.create.mutate({ configVersionId: other, vendorCode, vendorName });
});

test('a vendor for whom there is a policy is not deleted', async () => {
  const { configVersionId, vendor, scope, roles } = await createDraftRows(api);
  await manager.approvalPolicies.create.mutate({
    configVersionId,
    policyCode: 'P',
    policyName: 'A policy',
    scopeId: scope.id,
    vendorId: vendor.id,
    atpCategory: 'BOTH',
    stages: [{ stageNumber: 1, roleId: roles[0].id }],
  });
  expect(await failureOf(manager.vendors.delete.mutate({ vendorId: vendor.id }))).toEqual({
    code: 'ENTITY_IN_USE',
    entity: 'vendor_master',
    id: vendor.id,
    usedBy: 'approval_policy_master',
  });
});

test.each([{ contactEmail: 'nobody' }, { vendorCode: ' ' }, { vendorName: '' }])(
  'refuses %j',
  async (wrong) => {
    const configVersionId = await insertDraft(api);
    const failing = manager.vendors.create.mutate({
      configVersionId,
      vendorCode: 'V',
      vendorName: 'Vendor',
      ...wrong,
    });
    await expect(failing).rejects.toMatchObject({ data: { inputIssues: [{ path: Object.keys(wrong) }] } });
  },
);

test('list filters and sorts in one statement; an active version is only read', async () => {
  const configVersionId = await insertDraft(api);
  for (const [vendorCode, vendorName, vendorType] of [
    ['1', 'Zulu', 'EQUIPMENT'],
    ['2', 'Alpha', 'SUBCONTRACTOR'],
    ['3', '100%', 'EQUIPMENT'],
  ] as const) {
    await manager.vendors.create.mutate({ configVersionId, vendorCode, vendorName, vendorType });
  }
  const codes = async (filter: object) =>
    (await manager.vendors.list.query({ configVersionId, ...filter })).items.map(
      ({ vendorCode }) => vendorCode,
    );
  expect(await codes({ sort: 'vendorName' })).toEqual(['3', '2', '1']);
  expect(await codes({ vendorType: 'EQUIPMENT', direction: 'desc' })).toEqual(['3', '1']);
  expect(await codes({ search: '%' })).toEqual(['3']);
  expect(await statementsOf('vendor_master', () => codes({}))).toHaveLength(1);
  const [vendor] = (await manager.vendors.list.query({ configVersionId })).items;
  const vendorId = vendor?.id ?? '';
  await activateVersion(api, configVersionId);
  const refused = { code: 'CONFIG_VERSION_NOT_DRAFT', configVersionId, status: 'ACTIVE' };
  expect(await failureOf(manager.vendors.update.mutate({ vendorId, vendorName: 'x' }))).toEqual(refused);
  expect(await failureOf(manager.vendors.delete.mutate({ vendorId }))).toEqual(refused);
});

import { newId } from '@apms/db';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDraftRows, type DraftRows } from './support/draft-rows.ts';
import { activateVersion } from './support/draft-version.ts';
import { failureOf } from './support/failure-of.ts';
import { startApi, type TestApi, type TestClient } from './support/start-api.ts';
import { statementsOf } from './support/statements-of.ts';

let api: TestApi;
let manager: TestClient;
let draft: DraftRows;

beforeAll(async () => {
  api = await startApi();
  manager = api.as(api.workspace.people.CONFIG_MANAGER);
  draft = await createDraftRows(api);
});
afterAll(() => api.stop());

let counter = 0;
/** A policy for a scope of its own, so that none stands in another's way. */
async function newPolicy() {
  const { configVersionId, roles } = draft;
  counter += 1;
  const scopeCode = `S-${counter}`;
  const scope = await manager.scopes.create.mutate({
    configVersionId,
    scopeCode,
    scopeName: scopeCode,
    scopeGroup: 'OTHER',
  });
  return {
    configVersionId,
    policyCode: `P-${counter}`,
    policyName: 'A policy',
    scopeId: scope.id,
    atpCategory: 'HARDWARE' as const,
    stages: [{ stageNumber: 1, roleId: roles[0].id }],
  };
}

describe('create', () => {
  test('makes the whole chain, in order, with limits of time from the settings', async () => {
    const { people } = api.workspace;
    const [rts, rth, pmo] = draft.roles;
    await manager.workspaceSettings.update.mutate({ stageSlaHours: 40, finalStageSlaHours: 20 });
    const rule = {
      cases: [{ when: { region: ['NORTH', 'EAST'], vendorCode: 'V-1' }, userId: people.QA_ENGINEER.userId }],
      default: people.APPROVER.userId,
    };
    const policy = await manager.approvalPolicies.create.mutate({
      ...(await newPolicy()),
      vendorId: draft.vendor.id,
      stages: [
        { stageNumber: 1, roleId: rts.id },
        { stageNumber: 2, roleId: rth.id, slaHours: 7, isRequired: false },
        {
          stageNumber: 2,
          roleId: pmo.id,
          assignmentMode: 'STATIC_USER',
          staticUserId: people.APPROVER.userId,
        },
        { stageNumber: 3, roleId: rts.id, assignmentMode: 'RULE', assignmentRule: rule },
      ],
    });
    expect(policy).toMatchObject({
      vendorCode: 'V-1',
      fallbackPriority: 100,
      parentPolicyCode: null,
      isActive: true,
    });
    expect(policy.stages).toMatchObject([
      {
        stageNumber: 1,
        sequenceOrder: 1,
        parallelGroup: null,
        roleCode: 'RTS',
        slaHours: 40,
        assignmentRule: null,
      },
      { stageNumber: 2, sequenceOrder: 2, parallelGroup: 1, roleCode: 'RTH', slaHours: 7, isRequired: false },
      { stageNumber: 2, sequenceOrder: 3, parallelGroup: 1, roleCode: 'PMO', staticUserName: 'APPROVER' },
      { stageNumber: 3, sequenceOrder: 4, parallelGroup: null, slaHours: 20, assignmentRule: rule },
    ]);
    expect(await manager.approvalPolicies.get.query({ approvalPolicyId: policy.id })).toEqual(policy);
  });

  test('refuses the same scope, vendor and category, of which no vendor is one, and the same code', async () => {
    const policy = await newPolicy();
    await manager.approvalPolicies.create.mutate(policy);
    expect(
      await failureOf(
        manager.approvalPolicies.create.mutate({ ...policy, policyCode: `${policy.policyCode}x` }),
      ),
    ).toMatchObject({ code: 'ENTITY_DUPLICATE', fields: ['scopeId', 'vendorId', 'atpCategory'] });
    const other = await newPolicy();
    expect(
      await failureOf(manager.approvalPolicies.create.mutate({ ...other, policyCode: policy.policyCode })),
    ).toEqual({
      code: 'ENTITY_DUPLICATE',
      entity: 'approval_policy_master',
      fields: ['policyCode'],
      value: policy.policyCode,
    });
  });

  test('refuses rows of another version and strangers', async () => {
    const other = await createDraftRows(api);
    const policy = await newPolicy();
    const stranger = (await api.createWorkspace()).people.APPROVER.userId;
    const stage = { stageNumber: 1, roleId: draft.roles[0].id };
    const missing = async (wrong: object) =>
      await failureOf(manager.approvalPolicies.create.mutate({ ...policy, ...wrong }));
    expect(await missing({ scopeId: other.scope.id })).toMatchObject({
      entity: 'atp_scope_master',
      field: 'scopeId',
    });
    expect(await missing({ vendorId: other.vendor.id })).toMatchObject({ entity: 'vendor_master' });
    expect(await missing({ parentPolicyId: newId() })).toMatchObject({ field: 'parentPolicyId' });
    expect(await missing({ stages: [stage, { stageNumber: 2, roleId: other.roles[0].id }] })).toEqual({
      code: 'REFERENCE_NOT_FOUND',
      entity: 'approval_role_master',
      field: 'stages.1.roleId',
      id: other.roles[0].id,
    });
    const byRule = {
      assignmentMode: 'RULE',
      assignmentRule: { cases: [{ when: { region: 'N' }, userId: stranger }] },
    };
    expect(await missing({ stages: [{ ...stage, ...byRule }] })).toEqual({
      code: 'REFERENCE_NOT_FOUND',
      entity: 'users',
      field: 'stages.0.assignmentRule.cases.0.userId',
      id: stranger,
    });
  });

  const roleId = 'a-seat';
  test.each([
    ['no stage', [], ['stages']],
    ['a chain that begins with 2', [{ stageNumber: 2, roleId }], ['stages', 0, 'stageNumber']],
    [
      'a gap',
      [
        { stageNumber: 1, roleId },
        { stageNumber: 3, roleId },
      ],
      ['stages', 1, 'stageNumber'],
    ],
    [
      'a step back',
      [
        { stageNumber: 1, roleId },
        { stageNumber: 2, roleId },
        { stageNumber: 1, roleId: 'b' },
      ],
      ['stages', 2, 'stageNumber'],
    ],
    [
      'a seat twice at a number',
      [
        { stageNumber: 1, roleId },
        { stageNumber: 1, roleId },
      ],
      ['stages', 1, 'roleId'],
    ],
    [
      'STATIC_USER without a person',
      [{ stageNumber: 1, roleId, assignmentMode: 'STATIC_USER' as const }],
      ['stages', 0, 'staticUserId'],
    ],
    [
      'a person without STATIC_USER',
      [{ stageNumber: 1, roleId, staticUserId: 'u' }],
      ['stages', 0, 'staticUserId'],
    ],
    [
      'RULE without a rule',
      [{ stageNumber: 1, roleId, assignmentMode: 'RULE' as const }],
      ['stages', 0, 'assignmentRule'],
    ],
    [
      'a rule that names nobody',
      [{ stageNumber: 1, roleId, assignmentMode: 'RULE' as const, assignmentRule: {} }],
      ['stages', 0, 'assignmentRule'],
    ],
    [
      'a case without a condition',
      [
        {
          stageNumber: 1,
          roleId,
          assignmentMode: 'RULE' as const,
          assignmentRule: { cases: [{ when: {}, userId: 'u' }] },
        },
      ],
      ['stages', 0, 'assignmentRule', 'cases', 0, 'when'],
    ],
  ])('refuses %s', async (_, stages, path) => {
    await expect(
      manager.approvalPolicies.create.mutate({ ...(await newPolicy()), stages }),
    ).rejects.toMatchObject({ data: { appError: { code: 'INPUT_INVALID' }, inputIssues: [{ path }] } });
  });
});

describe('update', () => {
  test('changes what is given, and replaces the chain only when there is one', async () => {
    const policy = await manager.approvalPolicies.create.mutate(await newPolicy());
    const approvalPolicyId = policy.id;
    const renamed = await manager.approvalPolicies.update.mutate({ approvalPolicyId, policyName: 'Renamed' });
    expect(renamed).toEqual({ ...policy, policyName: 'Renamed' });
    const [, rth, pmo] = draft.roles;
    const stages = [
      { stageNumber: 1, roleId: rth.id },
      { stageNumber: 2, roleId: pmo.id },
    ];
    const changed = await manager.approvalPolicies.update.mutate({ approvalPolicyId, stages });
    expect(changed.stages.map(({ roleCode }) => roleCode)).toEqual(['RTH', 'PMO']);
  });

  test('lets one chain win as a whole when two come at once', async () => {
    const { id: approvalPolicyId } = await manager.approvalPolicies.create.mutate(await newPolicy());
    const chains = draft.roles.map(({ id: roleId }) =>
      [1, 2, 3].map((stageNumber) => ({ stageNumber, roleId })),
    );
    await Promise.all(
      chains.map((stages) => manager.approvalPolicies.update.mutate({ approvalPolicyId, stages })),
    );
    const { stages } = await manager.approvalPolicies.get.query({ approvalPolicyId });
    expect(stages).toHaveLength(3);
    expect(new Set(stages.map(({ roleId }) => roleId)).size).toBe(1);
  });

  test('refuses a policy that would be its own ancestor', async () => {
    const top = await manager.approvalPolicies.create.mutate(await newPolicy());
    const middle = await manager.approvalPolicies.create.mutate({
      ...(await newPolicy()),
      parentPolicyId: top.id,
    });
    const bottom = await manager.approvalPolicies.create.mutate({
      ...(await newPolicy()),
      parentPolicyId: middle.id,
    });
    for (const parentPolicyId of [top.id, middle.id, bottom.id]) {
      const update = manager.approvalPolicies.update.mutate({ approvalPolicyId: top.id, parentPolicyId });
      expect(await failureOf(update)).toMatchObject({
        code: 'CONSTRAINT_VIOLATED',
        entity: 'approval_policy_master',
      });
    }
    const moved = await manager.approvalPolicies.update.mutate({
      approvalPolicyId: bottom.id,
      parentPolicyId: top.id,
    });
    expect(moved.parentPolicyCode).toBe(top.policyCode);
  });
});

test('delete takes the chain with it, and refuses what another policy stands on', async () => {
  const top = await manager.approvalPolicies.create.mutate(await newPolicy());
  const below = await manager.approvalPolicies.create.mutate({
    ...(await newPolicy()),
    parentPolicyId: top.id,
  });
  expect(await failureOf(manager.approvalPolicies.delete.mutate({ approvalPolicyId: top.id }))).toEqual({
    code: 'ENTITY_IN_USE',
    entity: 'approval_policy_master',
    id: top.id,
    usedBy: 'approval_policy_master',
  });
  await manager.approvalPolicies.delete.mutate({ approvalPolicyId: below.id });
  await manager.approvalPolicies.delete.mutate({ approvalPolicyId: top.id });
  expect(await api.database.prisma.approvalPolicyStage.count({ where: { policyId: top.id } })).toBe(0);
});

test('list shows chains, filters and pages in one statement; an active version is only read', async () => {
  const { configVersionId, scope, vendor, roles } = await createDraftRows(api);
  const policy = { configVersionId, policyName: 'A policy', scopeId: scope.id, atpCategory: 'BOTH' as const };
  const stages = roles.map(({ id: roleId }, index) => ({ stageNumber: index + 1, roleId }));
  await manager.approvalPolicies.create.mutate({ ...policy, policyCode: 'B', stages, fallbackPriority: 1 });
  await manager.approvalPolicies.create.mutate({
    ...policy,
    policyCode: 'A',
    vendorId: vendor.id,
    stages: stages.slice(0, 1),
  });
  const codes = async (filter: object) =>
    (await manager.approvalPolicies.list.query({ configVersionId, ...filter })).items.map(
      ({ policyCode }) => policyCode,
    );
  expect(await codes({})).toEqual(['A', 'B']);
  expect(await codes({ sort: 'fallbackPriority' })).toEqual(['B', 'A']);
  expect(await codes({ vendorCode: 'V-1' })).toEqual(['A']);
  expect(await codes({ roleCode: 'PMO' })).toEqual(['B']);
  expect(await codes({ scopeCode: 'RAN', atpCategory: 'HARDWARE' })).toEqual([]);
  const page = await manager.approvalPolicies.list.query({ configVersionId, limit: 1 });
  expect(await codes({ limit: 1, cursor: page.nextCursor ?? '' })).toEqual(['B']);
  const statements = await statementsOf('approval_policy_master', () => codes({}));
  expect(statements).toHaveLength(1);
  await activateVersion(api, configVersionId);
  expect(await codes({ search: 'policy' })).toEqual(['A', 'B']);
  const approvalPolicyId = page.items[0]?.id ?? '';
  const refused = { code: 'CONFIG_VERSION_NOT_DRAFT', configVersionId, status: 'ACTIVE' };
  expect(await failureOf(manager.approvalPolicies.update.mutate({ approvalPolicyId, stages }))).toEqual(
    refused,
  );
  expect(await failureOf(manager.approvalPolicies.delete.mutate({ approvalPolicyId }))).toEqual(refused);
});

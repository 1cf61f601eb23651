import { newId } from '@apms/db';
import type { RoutingRequest, UserStatus } from '@apms/validators';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertSites } from './support/configuration.ts';
import { failureOf } from './support/failure-of.ts';
import { activateRouting, type RoutingSpec } from './support/routing.ts';
import { startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

/** A workspace of its own, for a test that needs its people and versions to be the only ones. */
async function newPlace() {
  const workspace = await api.createWorkspace();
  const place = { database: api.database, workspace };
  const [siteId = ''] = await insertSites(place, 1);
  const clerk = api.as(workspace.people.DOC_CONTROL);
  const ask = (given: Partial<RoutingRequest> = {}) => ({
    siteId,
    scopeCode: 'RAN',
    vendorCode: null,
    atpCategory: 'HARDWARE' as const,
    ...given,
  });
  return {
    ...place,
    clerk,
    ask,
    activate: (spec: RoutingSpec) => activateRouting(place, spec),
    approvers: async (count: number, status: UserStatus = 'ACTIVE') => {
      const people = await Promise.all(
        Array.from({ length: count }, () => api.createPerson(workspace.id, ['APPROVER'])),
      );
      const ids = people.map(({ userId }) => userId);
      await setStatus(ids, status);
      return ids;
    },
    approverOf: async (given: Partial<RoutingRequest> = {}) =>
      (await clerk.workflows.preview.query(ask(given))).stages.map(({ approver }) => approver),
  };
}

async function setStatus(ids: readonly string[], status: UserStatus): Promise<void> {
  await api.database.prisma.user.updateMany({ where: { id: { in: [...ids] } }, data: { status } });
}

const cluster = { scope: 'RAN', cluster: 'CL-1' };

describe('the policy', () => {
  test('of the vendor, else of any vendor, else of any vendor and category', async () => {
    const { activate, approvers, clerk, ask } = await newPlace();
    const [person = ''] = await approvers(1);
    const stages = [{ stage: 1, role: 'RTS', mode: 'STATIC_USER' as const, staticUser: person }];
    await activate({
      roster: [],
      policies: [
        { scope: 'RAN', vendor: 'V-1', category: 'HARDWARE', priority: 300, stages },
        { scope: 'RAN', category: 'HARDWARE', priority: 200, stages },
        { scope: 'RAN', category: 'BOTH', priority: 100, stages },
      ],
    });
    const matchOf = async (given: Partial<RoutingRequest>) =>
      (await clerk.workflows.preview.query(ask(given))).policy;
    expect(await matchOf({ vendorCode: 'V-1' })).toMatchObject({ policyCode: 'P-1', matchedBy: 'VENDOR' });
    expect(await matchOf({ vendorCode: 'V-2' })).toMatchObject({
      policyCode: 'P-2',
      matchedBy: 'ANY_VENDOR',
    });
    expect(await matchOf({})).toMatchObject({ policyCode: 'P-2', matchedBy: 'ANY_VENDOR' });
    expect(await matchOf({ vendorCode: 'V-1', atpCategory: 'SOFTWARE' })).toMatchObject({
      policyCode: 'P-3',
      matchedBy: 'ANY_VENDOR_AND_CATEGORY',
    });
  });

  test('that is missing is an error that names what was looked for', async () => {
    const { activate, clerk, ask } = await newPlace();
    expect(await failureOf(clerk.workflows.preview.query(ask()))).toEqual({
      code: 'CONFIG_VERSION_MISSING',
      sourceType: 'APPROVAL_MATRIX',
    });
    const configVersionId = await activate({ roster: [], policies: [{ scope: 'MW', stages: [] }] });
    const missing = {
      code: 'POLICY_NOT_FOUND',
      configVersionId,
      scopeCode: 'RAN',
      vendorCode: 'V-1',
      atpCategory: 'HARDWARE',
    };
    const asked = ask({ vendorCode: 'V-1' });
    expect(await failureOf(clerk.workflows.preview.query(asked))).toEqual(missing);
    expect(await failureOf(clerk.workflows.start.mutate(asked))).toEqual(missing);
    // A policy without stages is no chain.
    expect(
      await failureOf(clerk.workflows.start.mutate(ask({ vendorCode: 'V-1', scopeCode: 'MW' }))),
    ).toEqual({
      ...missing,
      scopeCode: 'MW',
    });
  });

  test('of a site that does not exist, or is elsewhere', async () => {
    const { clerk, ask } = await newPlace();
    const foreign = (await newPlace()).ask();
    for (const siteId of [newId(), foreign.siteId]) {
      expect(await failureOf(clerk.workflows.preview.query(ask({ siteId })))).toEqual({
        code: 'REFERENCE_NOT_FOUND',
        entity: 'sites',
        field: 'siteId',
        id: siteId,
      });
    }
  });
});

describe('CLUSTER', () => {
  const policies = [{ scope: 'RAN', stages: [{ stage: 1, role: 'RTS' }] }];

  test('asks the primary, a backup when the primary is suspended, and nobody when all are', async () => {
    const { activate, approvers, approverOf, clerk, ask } = await newPlace();
    const [primary = '', backup = ''] = await approvers(2);
    await activate({ policies, roster: [{ ...cluster, role: 'RTS', users: [primary, backup] }] });
    expect(await approverOf()).toMatchObject([{ id: primary, source: 'PRIMARY', status: 'ACTIVE' }]);
    await setStatus([primary], 'SUSPENDED');
    expect(await approverOf()).toMatchObject([{ id: backup, source: 'BACKUP' }]);
    await setStatus([backup], 'INACTIVE');
    const missing = { code: 'APPROVER_NOT_FOUND', roleCode: 'RTS', stageNumber: 1, clusterCode: 'CL-1' };
    expect(await failureOf(clerk.workflows.preview.query(ask()))).toEqual(missing);
    expect(await failureOf(clerk.workflows.start.mutate(ask()))).toEqual(missing);
  });

  test('of people whom an import has just made known asks the primary, and keeps that', async () => {
    const { activate, approvers, clerk, ask } = await newPlace();
    const users = await approvers(2, 'PENDING');
    await activate({ policies, roster: [{ ...cluster, role: 'RTS', users }] });
    const { id } = await clerk.workflows.start.mutate(ask());
    const { routingSnapshot } = await api.database.prisma.workflowInstance.findUniqueOrThrow({
      where: { id },
    });
    expect(routingSnapshot).toMatchObject({
      stages: [{ approverId: users[0], source: 'PRIMARY', approverStatus: 'PENDING' }],
    });
  });

  test('asks only who is in effect today', async () => {
    const { activate, approvers, approverOf, clerk, ask } = await newPlace();
    const [former = '', present = ''] = await approvers(2);
    const until = (users: string[], to: string) => ({ ...cluster, role: 'RTS', users, to });
    await activate({ policies, roster: [until([former], '2020-01-01')] });
    expect(await failureOf(clerk.workflows.preview.query(ask()))).toMatchObject({
      code: 'APPROVER_NOT_FOUND',
    });
    await activate({ policies, roster: [until([present], '2999-01-01')] });
    expect(await approverOf()).toMatchObject([{ id: present }]);
  });

  test('of a site in no cluster, or one that the version lacks, finds nobody', async () => {
    const { activate, approvers, clerk, ask, database, workspace } = await newPlace();
    await activate({ policies, roster: [{ ...cluster, role: 'RTS', users: await approvers(1) }] });
    const [elsewhere = ''] = await insertSites({ database, workspace }, 1, 'CL-9');
    const nobody = { code: 'APPROVER_NOT_FOUND', roleCode: 'RTS', stageNumber: 1 };
    expect(await failureOf(clerk.workflows.preview.query(ask({ siteId: elsewhere })))).toEqual({
      ...nobody,
      clusterCode: 'CL-9',
    });
    await database.prisma.site.update({ where: { id: elsewhere }, data: { clusterCode: null } });
    expect(await failureOf(clerk.workflows.preview.query(ask({ siteId: elsewhere })))).toEqual({
      ...nobody,
      clusterCode: null,
    });
  });
});

describe('other ways of finding the approver', () => {
  test('STATIC_USER and RULE', async () => {
    const { activate, approvers, approverOf } = await newPlace();
    const [fixed = '', north = '', otherwise = ''] = await approvers(3);
    await activate({
      roster: [{ ...cluster, role: 'RTS', users: [fixed] }],
      policies: [
        {
          scope: 'RAN',
          stages: [
            { stage: 1, role: 'BO', mode: 'STATIC_USER', staticUser: fixed },
            {
              stage: 2,
              role: 'PMO',
              mode: 'RULE',
              rule: { cases: [{ when: { region: 'NORTH' }, userId: north }], default: otherwise },
            },
            {
              stage: 3,
              role: 'NOC_HEAD',
              mode: 'RULE',
              rule: {
                cases: [{ when: { clusterCode: ['CL-8', 'CL-9'] }, userId: north }],
                default: otherwise,
              },
            },
          ],
        },
      ],
    });
    expect(await approverOf()).toMatchObject([
      { id: fixed, source: 'STATIC_USER' },
      { id: north, source: 'RULE' },
      { id: otherwise, source: 'RULE' },
    ]);
  });

  test('AUTO asks the least loaded holder of the seat, in the same way each time', async () => {
    const { activate, approvers, approverOf, clerk, ask, workspace } = await newPlace();
    const holders = await approvers(3);
    const auto = { mode: 'AUTO' as const };
    await activate({
      roster: [{ ...cluster, role: 'BO', users: holders }],
      policies: [{ scope: 'RAN', stages: [{ stage: 1, role: 'BO', ...auto }] }],
    });
    const [first, again] = [await approverOf(), await approverOf()];
    expect(first).toEqual(again);
    expect(first).toMatchObject([{ source: 'AUTO' }]);
    const chosen: string[] = [];
    for (let number = 0; number < 6; number += 1) {
      const { stages } = await clerk.workflows.start.mutate(ask());
      chosen.push(stages[0]?.approver?.id ?? '');
    }
    expect(chosen[0]).toBe(first[0]?.id);
    // Each start weighs on whom it asked, so that the six are spread evenly.
    for (const holder of holders) expect(chosen.filter((id) => id === holder)).toHaveLength(2);
    expect(chosen).not.toContain(workspace.people.APPROVER.userId);
  });

  test('AUTO asks an approver of the workspace for a seat that has no roster, another for each stage', async () => {
    const { activate, approvers, approverOf, workspace } = await newPlace();
    const members = [...(await approvers(2)), workspace.people.APPROVER.userId];
    const auto = { mode: 'AUTO' as const };
    await activate({
      roster: [],
      withoutCluster: ['MW'],
      policies: [
        {
          scope: 'MW',
          stages: [
            { stage: 1, role: 'BO', ...auto },
            { stage: 2, role: 'NOC_HEAD', ...auto },
            { stage: 3, role: 'CONFIG_TEAM', ...auto },
          ],
        },
      ],
    });
    const asked = await approverOf({ scopeCode: 'MW' });
    expect(asked.map((approver) => approver?.id).toSorted()).toEqual(members.toSorted());
    await setStatus(members, 'SUSPENDED');
  });
});

describe('the chain', () => {
  test('passes over a seat that is not required and empty', async () => {
    const { activate, approvers, clerk, ask } = await newPlace();
    const [person = ''] = await approvers(1);
    const roster = [{ ...cluster, role: 'RTS', users: [person] }];
    const optional = { required: false };
    await activate({
      roster,
      policies: [
        {
          scope: 'RAN',
          stages: [
            { stage: 1, role: 'PMO', ...optional },
            { stage: 2, role: 'RTS', slaHours: 12 },
            { stage: 3, role: 'BO', ...optional },
          ],
        },
      ],
    });
    const workflow = await clerk.workflows.start.mutate(ask());
    expect(workflow).toMatchObject({ currentStageNumber: 2, totalStages: 3 });
    expect(workflow.stages.map(({ status, approver }) => [status, approver?.id ?? null])).toEqual([
      ['SKIPPED', null],
      ['PENDING', person],
      ['SKIPPED', null],
    ]);
    await activate({
      roster,
      policies: [{ scope: 'RAN', stages: [{ stage: 1, role: 'PMO', ...optional }] }],
    });
    expect(await failureOf(clerk.workflows.start.mutate(ask()))).toMatchObject({
      code: 'APPROVER_NOT_FOUND',
      roleCode: 'PMO',
    });
  });

  test('is started as it was previewed, all of the first number at once, each with its time', async () => {
    const { activate, approvers, clerk, ask } = await newPlace();
    const [a = '', b = '', c = ''] = await approvers(3);
    await activate({
      roster: [
        { ...cluster, role: 'RTS', users: [a] },
        { ...cluster, role: 'RTH', users: [b] },
        { ...cluster, role: 'PMO', users: [c, a] },
      ],
      policies: [
        {
          scope: 'RAN',
          stages: [
            { stage: 1, role: 'RTS', group: 1, slaHours: 24 },
            { stage: 1, role: 'RTH', group: 1, slaHours: 48 },
            { stage: 2, role: 'PMO', mode: 'AUTO' },
          ],
        },
      ],
    });
    const preview = await clerk.workflows.preview.query(ask());
    const before = await api.database.prisma.workflowInstance.count();
    expect(await clerk.workflows.preview.query(ask())).toEqual(preview);
    expect(await api.database.prisma.workflowInstance.count()).toBe(before);

    const workflow = await clerk.workflows.start.mutate(ask());
    expect(workflow.stages).toMatchObject(
      preview.stages.map(({ stageNumber, roleCode, slaHours, approver }) => ({
        stageNumber,
        roleCode,
        slaHours,
        approver: { id: approver?.id, name: approver?.name },
      })),
    );
    expect(workflow.stages.map(({ status }) => status)).toEqual(['PENDING', 'PENDING', 'WAITING']);
    for (const { openedAt, slaDueAt, slaHours, status } of workflow.stages) {
      const hours = slaDueAt && openedAt && (Date.parse(slaDueAt) - Date.parse(openedAt)) / 3_600_000;
      expect(hours).toBe(status === 'PENDING' ? slaHours : null);
    }
    expect(await clerk.workflows.get.query({ workflowId: workflow.id })).toEqual(workflow);
  });
});

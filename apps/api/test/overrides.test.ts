import { newId } from '@apms/db';
import type { RequestOverride, Workflow } from '@apms/validators';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { insertSites } from './support/configuration.ts';
import { failureOf } from './support/failure-of.ts';
import { activateRouting } from './support/routing.ts';
import {
  startApi,
  type TestApi,
  type TestClient,
  type TestPerson,
  type TestWorkspace,
} from './support/start-api.ts';
import { idOf } from './support/workflow-actions.ts';

let api: TestApi;
/** How far the server's clock is ahead. */
let aheadMs = 0;
beforeAll(async () => {
  api = await startApi({ clock: () => new Date(Date.now() + aheadMs) });
});
afterAll(() => api.stop());

// Every test has a workspace of its own: an override of a region or a cluster concerns all of its workflows.
let workspace: TestWorkspace;
let clerk: TestClient;
let judge: TestClient;
let siteId: string;
let primary: TestPerson;
let second: TestPerson;
let substitute: TestPerson;
let other: TestPerson;

beforeEach(async () => {
  workspace = await api.createWorkspace();
  const place = { database: api.database, workspace };
  const approver = () => api.createPerson(workspace.id, ['APPROVER']);
  [primary, second, substitute, other] = await Promise.all([approver(), approver(), approver(), approver()]);
  const seat = (role: string, person: TestPerson) => ({
    scope: 'RAN',
    cluster: 'CL-1',
    role,
    users: [person.userId],
  });
  await activateRouting(place, {
    roster: [seat('RTS', primary), seat('RTH', second), seat('NOC', primary)],
    policies: [
      {
        scope: 'RAN',
        stages: [
          { stage: 1, role: 'RTS' },
          { stage: 2, role: 'RTH' },
          { stage: 3, role: 'NOC' },
        ],
      },
    ],
  });
  [siteId = ''] = await insertSites(place, 1);
  clerk = api.as(workspace.people.DOC_CONTROL);
  judge = api.as(workspace.people.CONFIG_MANAGER);
});

const start = () => clerk.workflows.start.mutate({ siteId, scopeCode: 'RAN', atpCategory: 'HARDWARE' });
const approversOf = async ({ id }: Workflow) =>
  (await clerk.workflows.get.query({ workflowId: id })).stages.map(({ approver }) => approver?.id);

const ask = (given: Partial<RequestOverride> & Pick<RequestOverride, 'overrideType'>) =>
  clerk.overrides.request.mutate({ toUserId: substitute.userId, reason: 'On leave', ...given });
const cluster = { overrideType: 'CLUSTER', clusterCode: 'CL-1' } as const;
const region = { overrideType: 'REGION', region: 'NORTH' } as const;

async function putInForce(given: Parameters<typeof ask>[0]) {
  const { id } = await ask(given);
  return await judge.overrides.approve.mutate({ overrideId: id });
}

const reassignmentsOf = async (stageId: string) =>
  (
    await api.database.prisma.workflowStageAction.findMany({
      where: { workflowStageId: stageId, actionType: 'REASSIGNED' },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    })
  ).map(({ details }) => details);

describe('an override approved while stages are undecided', () => {
  test('changes those that it is for at once, each in its log', async () => {
    const [workflow, another] = [await start(), await start()];
    const approved = await putInForce({ ...cluster, fromUserId: primary.userId });
    const changed = [workflow, another].flatMap((one) => [idOf(one, 'RTS'), idOf(one, 'NOC')]);
    expect(approved.changedStageIds.toSorted()).toEqual(changed.toSorted());
    expect(approved).toMatchObject({
      approvalStatus: 'APPROVED',
      approvedBy: { id: workspace.people.CONFIG_MANAGER.userId },
    });
    expect(await approversOf(workflow)).toEqual([substitute.userId, second.userId, substitute.userId]);
    expect(await reassignmentsOf(idOf(workflow, 'RTS'))).toEqual([
      { overrideId: approved.id, fromUserId: primary.userId, toUserId: substitute.userId },
    ]);
    const stageId = idOf(workflow, 'RTS');
    expect(
      await failureOf(api.as(primary).workflows.decide.mutate({ stageId, decision: 'APPROVE' })),
    ).toEqual({ code: 'STAGE_NOT_YOURS', stageId });
    await api.as(substitute).workflows.decide.mutate({ stageId, decision: 'APPROVE' });
  });

  test('leaves alone what is decided, other seats, other people, other clusters, ended workflows', async () => {
    const workflow = await start();
    await api.as(primary).workflows.decide.mutate({ stageId: idOf(workflow, 'RTS'), decision: 'APPROVE' });
    const ended = await start();
    await clerk.workflows.cancel.mutate({ workflowId: ended.id, reason: 'Mistake' });
    expect((await putInForce({ ...cluster, roleCode: 'RTS' })).changedStageIds).toEqual([]);
    expect((await putInForce({ ...cluster, fromUserId: other.userId })).changedStageIds).toEqual([]);
    const [elsewhere = ''] = await insertSites({ database: api.database, workspace }, 1, 'CL-9');
    expect(elsewhere).not.toBe('');
    expect((await putInForce({ overrideType: 'CLUSTER', clusterCode: 'CL-9' })).changedStageIds).toEqual([]);
    expect(await approversOf(workflow)).toEqual([primary.userId, second.userId, primary.userId]);
  });

  test('that is not in its period changes nothing yet', async () => {
    const workflow = await start();
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    expect((await putInForce({ ...cluster, effectiveFrom: tomorrow })).changedStageIds).toEqual([]);
    expect(await approversOf(workflow)).toEqual([primary.userId, second.userId, primary.userId]);
  });

  test('of a stage, or a submission of none, is for that alone', async () => {
    const [workflow, another] = [await start(), await start()];
    const stageId = idOf(workflow, 'RTH');
    const approved = await putInForce({ overrideType: 'STAGE', stageId });
    expect(approved.changedStageIds).toEqual([stageId]);
    expect(await approversOf(another)).toEqual([primary.userId, second.userId, primary.userId]);
  });
});

describe('precedence', () => {
  test('STAGE over CLUSTER over REGION, whichever was approved first', async () => {
    const workflow = await start();
    const stageId = idOf(workflow, 'RTS');
    await putInForce({ overrideType: 'STAGE', stageId, toUserId: other.userId });
    await putInForce({ ...cluster });
    expect(await approversOf(workflow)).toEqual([other.userId, substitute.userId, substitute.userId]);
    await putInForce({ ...region, toUserId: second.userId });
    expect(await approversOf(workflow)).toEqual([other.userId, substitute.userId, substitute.userId]);
    expect((await start()).stages.map(({ approver }) => approver?.id)).toEqual([
      substitute.userId,
      substitute.userId,
      substitute.userId,
    ]);
  });

  test('one for the seat over a general one, then the one approved last', async () => {
    await putInForce({ ...region, roleCode: 'RTH', toUserId: other.userId });
    await putInForce({ ...region });
    await putInForce({ ...region, toUserId: second.userId });
    const preview = await clerk.workflows.preview.query({
      siteId,
      scopeCode: 'RAN',
      atpCategory: 'HARDWARE',
    });
    expect(preview.stages.map(({ approver }) => [approver?.id, approver?.source])).toEqual([
      [second.userId, 'OVERRIDE'],
      [other.userId, 'OVERRIDE'],
      [second.userId, 'OVERRIDE'],
    ]);
    const workflow = await start();
    expect(workflow.stages.map(({ approver }) => approver?.id)).toEqual(
      preview.stages.map(({ approver }) => approver?.id),
    );
    expect(await reassignmentsOf(idOf(workflow, 'RTS'))).toMatchObject([
      { fromUserId: primary.userId, toUserId: second.userId },
    ]);
  });

  test('a substitute who is away too is replaced in turn, at once and at the start', async () => {
    const workflow = await start();
    await putInForce({ ...cluster, fromUserId: primary.userId });
    await putInForce({ ...region, fromUserId: substitute.userId, toUserId: other.userId });
    expect(await approversOf(workflow)).toEqual([other.userId, second.userId, other.userId]);
    expect((await start()).stages.map(({ approver }) => approver?.id)).toEqual([
      other.userId,
      second.userId,
      other.userId,
    ]);
  });

  test('to somebody who was suspended since, it is passed over', async () => {
    await putInForce({ ...cluster });
    await api.database.prisma.user.update({
      where: { id: substitute.userId },
      data: { status: 'SUSPENDED' },
    });
    expect((await start()).stages[0]?.approver?.id).toBe(primary.userId);
  });
});

describe('the end of an override', () => {
  test('leaves what is open where it is; what opens later goes to whom the configuration names', async () => {
    const workflow = await start();
    const { id } = await putInForce({ ...cluster });
    expect(await approversOf(workflow)).toEqual(Array(3).fill(substitute.userId));
    expect(await judge.overrides.revoke.mutate({ overrideId: id })).toMatchObject({
      approvalStatus: 'REVOKED',
    });
    expect((await approversOf(workflow))[0]).toBe(substitute.userId);
    await api.as(substitute).workflows.decide.mutate({ stageId: idOf(workflow, 'RTS'), decision: 'APPROVE' });
    expect((await approversOf(workflow))[1]).toBe(second.userId);
    expect(await reassignmentsOf(idOf(workflow, 'RTH'))).toEqual([
      { overrideId: id, fromUserId: second.userId, toUserId: substitute.userId },
      { overrideId: null, fromUserId: substitute.userId, toUserId: second.userId },
    ]);
  });

  test('one whose period comes takes the stages that open then', async () => {
    const workflow = await start();
    const from = new Date(Date.now() + 3_600_000).toISOString();
    await putInForce({ ...cluster, roleCode: 'RTH', effectiveFrom: from });
    expect((await approversOf(workflow))[1]).toBe(second.userId);
    aheadMs = 7_200_000;
    await api.as(primary).workflows.decide.mutate({ stageId: idOf(workflow, 'RTS'), decision: 'APPROVE' });
    aheadMs = 0;
    expect((await approversOf(workflow))[1]).toBe(substitute.userId);
  });

  test('a stage given to somebody by hand is theirs, also when an override before it is over', async () => {
    const workflow = await start();
    const { id } = await putInForce({ ...cluster, roleCode: 'RTH' });
    const stageId = idOf(workflow, 'RTH');
    await clerk.workflows.reassign.mutate({ stageId, toUserId: other.userId, reason: 'Asked for it' });
    await judge.overrides.revoke.mutate({ overrideId: id });
    await api.as(primary).workflows.decide.mutate({ stageId: idOf(workflow, 'RTS'), decision: 'APPROVE' });
    expect((await approversOf(workflow))[1]).toBe(other.userId);
  });
});

describe('the life of an override', () => {
  const illegal = (id: string, from: string, action: string) => ({
    code: 'TRANSITION_ILLEGAL',
    entity: 'override',
    id,
    from,
    action,
  });

  test('is judged by somebody else than who asked and who gains', async () => {
    const beneficiary = await api.createPerson(workspace.id, ['APPROVER']);
    const requester = api.as(workspace.people.CONFIG_MANAGER);
    const { id: overrideId } = await requester.overrides.request.mutate({
      ...cluster,
      toUserId: beneficiary.userId,
      reason: 'On leave',
    });
    const refused = (as: string) => ({ code: 'OVERRIDE_SELF_APPROVED', overrideId, as });
    expect(await failureOf(requester.overrides.approve.mutate({ overrideId }))).toEqual(refused('requester'));
    expect(await failureOf(requester.overrides.reject.mutate({ overrideId }))).toEqual(refused('requester'));
    expect(await failureOf(api.as(beneficiary).overrides.approve.mutate({ overrideId }))).toEqual(
      refused('beneficiary'),
    );
    expect(await failureOf(clerk.overrides.approve.mutate({ overrideId }))).toEqual({
      code: 'PERMISSION_DENIED',
      permission: 'overrides.approve',
    });
    expect(await api.as(other).overrides.approve.mutate({ overrideId })).toMatchObject({
      approvalStatus: 'APPROVED',
    });
  });

  test('each illegal transition', async () => {
    const { id: overrideId } = await putInForce({ ...cluster });
    for (const action of ['approve', 'reject'] as const) {
      expect(await failureOf(judge.overrides[action].mutate({ overrideId }))).toEqual(
        illegal(overrideId, 'APPROVED', action),
      );
    }
    await judge.overrides.revoke.mutate({ overrideId });
    const { id: rejected } = await ask({ ...region });
    await judge.overrides.reject.mutate({ overrideId: rejected, comment: 'No need' });
    for (const [id, from] of [
      [overrideId, 'REVOKED'],
      [rejected, 'REJECTED'],
    ] as const) {
      for (const action of ['approve', 'reject', 'revoke'] as const) {
        expect(await failureOf(judge.overrides[action].mutate({ overrideId: id }))).toEqual(
          illegal(id, from, action),
        );
      }
    }
  });

  test('their own anybody withdraws, others’ who may approve them', async () => {
    const [own, others] = [await ask({ ...cluster }), await ask({ ...region })];
    await clerk.overrides.revoke.mutate({ overrideId: own.id });
    const colleague = await api.createPerson(workspace.id, ['DOC_CONTROL']);
    expect(await failureOf(api.as(colleague).overrides.revoke.mutate({ overrideId: others.id }))).toEqual({
      code: 'PERMISSION_DENIED',
      permission: 'overrides.approve',
    });
    await judge.overrides.revoke.mutate({ overrideId: others.id });
  });

  test('two who approve at once: one wins', async () => {
    const { id: overrideId } = await ask({ ...cluster });
    const results = await Promise.allSettled(
      [judge, api.as(other)].map((client) => client.overrides.approve.mutate({ overrideId })),
    );
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('workflows that start while one is approved all come to the substitute', async () => {
    const { id: overrideId } = await ask({ ...cluster, roleCode: 'RTS' });
    const [workflows] = await Promise.all([
      Promise.all(Array.from({ length: 12 }, () => start())),
      judge.overrides.approve.mutate({ overrideId }),
    ]);
    for (const workflow of workflows) expect((await approversOf(workflow))[0]).toBe(substitute.userId);
  });
});

describe('what is asked for', () => {
  test.each([
    ['a target', { overrideType: 'CLUSTER' as const }, ['clusterCode']],
    ['its own target only', { ...cluster, region: 'NORTH' }, ['region']],
    [
      'a period that ends after it starts',
      { ...cluster, effectiveFrom: '2030-01-02T00:00:00Z', effectiveTo: '2030-01-01T00:00:00Z' },
      ['effectiveTo'],
    ],
    ['a reason', { ...cluster, reason: ' ' }, ['reason']],
  ])('takes %s', async (_, given, path) => {
    await expect(ask(given)).rejects.toMatchObject({
      data: { appError: { code: 'INPUT_INVALID' }, inputIssues: [{ path }] },
    });
  });

  test('exists in the workspace', async () => {
    const foreign = await api.createWorkspace();
    const unknown = newId();
    const missing = (field: string, id: string) => ({ code: 'REFERENCE_NOT_FOUND', field, id });
    expect(await failureOf(ask({ overrideType: 'STAGE', stageId: unknown }))).toMatchObject(
      missing('stageId', unknown),
    );
    expect(await failureOf(ask({ overrideType: 'SUBMISSION', submissionId: unknown }))).toMatchObject(
      missing('submissionId', unknown),
    );
    expect(await failureOf(ask({ ...cluster, clusterCode: unknown }))).toMatchObject(
      missing('clusterCode', unknown),
    );
    expect(await failureOf(ask({ ...region, region: unknown }))).toMatchObject(missing('region', unknown));
    expect(await failureOf(ask({ ...cluster, roleCode: unknown }))).toMatchObject(
      missing('roleCode', unknown),
    );
    const stranger = foreign.people.APPROVER.userId;
    expect(await failureOf(ask({ ...cluster, fromUserId: stranger }))).toMatchObject(
      missing('fromUserId', stranger),
    );
    expect(await failureOf(ask({ ...cluster, toUserId: stranger }))).toMatchObject(
      missing('toUserId', stranger),
    );
    // A member who may not decide is no substitute.
    const viewer = workspace.people.VIEWER.userId;
    expect(await failureOf(ask({ ...cluster, toUserId: viewer }))).toMatchObject(missing('toUserId', viewer));
  });

  test('is not a stage that is decided', async () => {
    const stageId = idOf(await start(), 'RTS');
    await api.as(primary).workflows.decide.mutate({ stageId, decision: 'APPROVE' });
    expect(await failureOf(ask({ overrideType: 'STAGE', stageId }))).toEqual({
      code: 'TRANSITION_ILLEGAL',
      entity: 'workflowStage',
      id: stageId,
      from: 'APPROVED',
      action: 'reassign',
    });
  });

  test('is listed and read in its workspace only', async () => {
    const waiting = await ask({ ...cluster });
    const inForce = await putInForce({ ...region, toUserId: other.userId });
    const viewer = api.as(workspace.people.VIEWER);
    const idsOf = async (filter: object) =>
      (await viewer.overrides.list.query(filter)).items.map(({ id }) => id);
    expect(await idsOf({})).toEqual([inForce.id, waiting.id]);
    expect(await idsOf({ approvalStatus: 'PENDING' })).toEqual([waiting.id]);
    expect(await idsOf({ inForce: true })).toEqual([inForce.id]);
    expect(await idsOf({ overrideType: 'CLUSTER', inForce: false })).toEqual([waiting.id]);
    expect(await idsOf({ toUserId: other.userId })).toEqual([inForce.id]);
    expect(await viewer.overrides.get.query({ overrideId: waiting.id })).toEqual(waiting);
    const stranger = api.as((await api.createWorkspace()).people.ADMIN);
    const overrideId = waiting.id;
    const refused = await Promise.all([
      failureOf(stranger.overrides.get.query({ overrideId })),
      failureOf(stranger.overrides.approve.mutate({ overrideId })),
      failureOf(stranger.overrides.revoke.mutate({ overrideId })),
    ]);
    const unknown = { code: 'ENTITY_NOT_FOUND', entity: 'override', id: overrideId };
    expect(refused).toEqual([unknown, unknown, unknown]);
  });
});

import { newId } from '@apms/db';
import type { Workflow } from '@apms/validators';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { activateConfiguration, insertDocument, insertSites } from './support/configuration.ts';
import { countFlights } from './support/count-flights.ts';
import { failureOf } from './support/failure-of.ts';
import { startApi, type TestApi, type TestClient, type TestPerson } from './support/start-api.ts';
import { idOf } from './support/workflow-actions.ts';

let api: TestApi;
let clerk: TestClient;
let people: Readonly<Record<'rts' | 'rth' | 'pmo' | 'noc', TestPerson>>;

/** How far the server's clock is ahead. */
let aheadMs = 0;

beforeAll(async () => {
  api = await startApi({ clock: () => new Date(Date.now() + aheadMs) });
  clerk = api.as(api.workspace.people.DOC_CONTROL);
  const approver = () => api.createPerson(api.workspace.id, ['APPROVER']);
  people = { rts: await approver(), rth: await approver(), pmo: await approver(), noc: await approver() };
  const { rts, rth, pmo, noc } = people;
  await activateConfiguration(api, { roster: { RTS: [rts], RTH: [rth], PMO: [pmo], NOC_HEAD: [noc] } });
});
afterAll(() => api.stop());

/** MW: RTS, then RTH and PMO beside each other, then NOC_HEAD. */
async function start(scopeCode = 'MW'): Promise<Workflow> {
  const [siteId = ''] = await insertSites(api, 1);
  return await clerk.workflows.start.mutate({ siteId, scopeCode, atpCategory: 'HARDWARE' });
}

const again = ({ id }: Workflow) => clerk.workflows.get.query({ workflowId: id });
const statusesOf = async (workflow: Workflow) =>
  Object.fromEntries((await again(workflow)).stages.map(({ roleCode, status }) => [roleCode, status]));
const approve = (person: TestPerson, stageId: string) =>
  api.as(person).workflows.decide.mutate({ stageId, decision: 'APPROVE' });
const actionsOf = async (stageId: string) =>
  (
    await api.database.prisma.workflowStageAction.findMany({
      where: { workflowStageId: stageId },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    })
  ).map(({ actionType }) => actionType);

const minor = { description: 'Missing label', severity: 'MINOR' } as const;
const critical = { description: 'Wrong grounding', severity: 'CRITICAL' } as const;

describe('documents of a decision', () => {
  test('are kept in the log, beside the defects that they show', async () => {
    const workflow = await start();
    const [report, photo] = [await insertDocument(api), await insertDocument(api)];
    const stageId = idOf(workflow, 'RTS');
    await api.as(people.rts).workflows.decide.mutate({
      stageId,
      decision: 'APPROVE_WITH_PUNCHLIST',
      documentIds: [report],
      items: [minor, { ...minor, documentIds: [photo] }],
    });
    const { stages } = await clerk.workflows.timeline.query({ workflowId: workflow.id });
    const actions = stages.find(({ id }) => id === stageId)?.actions ?? [];
    expect(actions.map(({ actionType, documents }) => [actionType, documents])).toEqual([
      ['OPENED', []],
      [
        'APPROVED_WITH_PUNCHLIST',
        [
          { documentId: report, name: 'report.pdf', mediaType: 'application/pdf', itemCode: null },
          { documentId: photo, name: 'report.pdf', mediaType: 'application/pdf', itemCode: 'P-02' },
        ],
      ],
    ]);
  });

  test('have to be of the workspace; nothing is decided otherwise', async () => {
    const workflow = await start();
    const stageId = idOf(workflow, 'RTS');
    const elsewhere = await insertDocument({ ...api, workspace: await api.createWorkspace() });
    const decide = (documentIds: string[], ofItem: string[]) =>
      api.as(people.rts).workflows.decide.mutate({
        stageId,
        decision: 'REJECT',
        documentIds,
        items: [{ ...critical, documentIds: ofItem }],
      });
    expect(await failureOf(decide([], [elsewhere]))).toMatchObject({
      code: 'REFERENCE_NOT_FOUND',
      field: 'items.0.documentIds',
    });
    const own = await insertDocument(api);
    expect(await failureOf(decide([own, own], []))).toMatchObject({ code: 'INPUT_INVALID' });
    expect((await statusesOf(workflow))['RTS']).toBe('PENDING');
  });
});

test('a stage is found by its id, and with it its workflow', async () => {
  const workflow = await start();
  const stageId = idOf(workflow, 'RTS');
  expect(await clerk.workflows.getStage.query({ stageId })).toEqual({
    ...(await again(workflow)).stages.find(({ id }) => id === stageId),
    workflowId: workflow.id,
  });
  expect(await failureOf(clerk.workflows.getStage.query({ stageId: newId() }))).toMatchObject({
    code: 'ENTITY_NOT_FOUND',
    entity: 'workflowStage',
  });
});

describe('a chain from end to end', () => {
  test('opens number after number, beside each other where they are parallel, and completes', async () => {
    const workflow = await start();
    expect(await approve(people.rts, idOf(workflow, 'RTS'))).toMatchObject({
      stageStatus: 'APPROVED',
      workflowStatus: 'IN_PROGRESS',
      currentStageNumber: 2,
      openedStageIds: [idOf(workflow, 'RTH'), idOf(workflow, 'PMO')],
      punchlistId: null,
    });
    expect(await approve(people.rth, idOf(workflow, 'RTH'))).toMatchObject({
      currentStageNumber: 2,
      openedStageIds: [],
    });
    const { items: tasks } = await api.as(people.pmo).workflows.inbox.query({ siteId: workflow.site.id });
    expect(tasks).toMatchObject([
      {
        stageNumber: 2,
        totalStages: 3,
        submission: null,
        vendorCode: null,
        openedAt: expect.any(String),
        parallelWith: [{ roleCode: 'RTH', approver: { id: people.rth.userId }, status: 'APPROVED' }],
      },
    ]);
    expect(await statusesOf(workflow)).toEqual({
      RTS: 'APPROVED',
      RTH: 'APPROVED',
      PMO: 'PENDING',
      NOC_HEAD: 'WAITING',
    });
    const withList = await api.as(people.pmo).workflows.decide.mutate({
      stageId: idOf(workflow, 'PMO'),
      decision: 'APPROVE_WITH_PUNCHLIST',
      comment: 'Two labels',
      items: [minor, { ...minor, itemCode: 'P-01', severity: 'MAJOR' }],
    });
    expect(withList).toMatchObject({ currentStageNumber: 3, openedStageIds: [idOf(workflow, 'NOC_HEAD')] });
    const items = await api.database.prisma.punchlistItem.findMany({
      where: { punchlistId: withList.punchlistId ?? '' },
      orderBy: { itemCode: 'asc' },
    });
    expect(items).toMatchObject([
      { itemCode: 'P-01', severity: 'MAJOR', status: 'OPEN', raisedById: people.pmo.userId },
      { itemCode: 'P-02', severity: 'MINOR', status: 'OPEN', raisedById: people.pmo.userId },
    ]);
    expect(await approve(people.noc, idOf(workflow, 'NOC_HEAD'))).toMatchObject({
      workflowStatus: 'COMPLETED',
      currentStageNumber: 3,
      openedStageIds: [],
    });
    const ended = await again(workflow);
    expect(ended).toMatchObject({ status: 'COMPLETED', completedAt: expect.any(String) });
    expect(ended.stages.find(({ roleCode }) => roleCode === 'PMO')).toMatchObject({
      status: 'APPROVED_WITH_PUNCHLIST',
      decision: 'APPROVE_WITH_PUNCHLIST',
      comment: 'Two labels',
      decidedAt: expect.any(String),
    });
    expect(await actionsOf(idOf(workflow, 'PMO'))).toEqual(['OPENED', 'APPROVED_WITH_PUNCHLIST']);
  });

  test('a rejection stops it, cancels what is not decided and logs each', async () => {
    const workflow = await start();
    await approve(people.rts, idOf(workflow, 'RTS'));
    const outcome = await api.as(people.rth).workflows.decide.mutate({
      stageId: idOf(workflow, 'RTH'),
      decision: 'REJECT',
      items: [critical, minor],
    });
    expect(outcome).toMatchObject({ workflowStatus: 'REJECTED', currentStageNumber: 2, openedStageIds: [] });
    expect(await statusesOf(workflow)).toEqual({
      RTS: 'APPROVED',
      RTH: 'REJECTED',
      PMO: 'CANCELLED',
      NOC_HEAD: 'CANCELLED',
    });
    expect(await actionsOf(idOf(workflow, 'RTH'))).toEqual(['OPENED', 'REJECTED']);
    expect(await actionsOf(idOf(workflow, 'PMO'))).toEqual(['OPENED', 'CANCELLED']);
    expect(await actionsOf(idOf(workflow, 'NOC_HEAD'))).toEqual(['CANCELLED']);
    expect(await failureOf(approve(people.pmo, idOf(workflow, 'PMO')))).toMatchObject({
      code: 'STAGE_NOT_PENDING',
      status: 'CANCELLED',
    });
  });
});

test('the time of a stage runs from its opening, not from the start of its workflow', async () => {
  const workflow = await start();
  aheadMs = 5 * 60 * 60_000;
  try {
    await approve(people.rts, idOf(workflow, 'RTS'));
  } finally {
    aheadMs = 0;
  }
  const opened = (await again(workflow)).stages.filter(({ status }) => status === 'PENDING');
  expect(opened).toHaveLength(2);
  for (const { openedAt, slaDueAt, slaHours } of opened) {
    expect(Date.parse(openedAt ?? '')).toBeGreaterThan(Date.parse(workflow.startedAt) + 4 * 60 * 60_000);
    expect(Date.parse(slaDueAt ?? '') - Date.parse(openedAt ?? '')).toBe((slaHours ?? 0) * 60 * 60_000);
  }
});

describe('who and when', () => {
  test('only its approver: not another approver, not an administrator, not a stranger, not nobody', async () => {
    const workflow = await start();
    const stageId = idOf(workflow, 'RTS');
    for (const person of [people.rth, api.workspace.people.ADMIN]) {
      expect(await failureOf(approve(person, stageId))).toEqual({ code: 'STAGE_NOT_YOURS', stageId });
    }
    expect(await failureOf(approve(api.workspace.people.QA_ENGINEER, stageId))).toEqual({
      code: 'PERMISSION_DENIED',
      permission: 'workflows.decide',
    });
    const stranger = (await api.createWorkspace()).people.APPROVER;
    const unknown = { code: 'ENTITY_NOT_FOUND', entity: 'workflowStage', id: stageId };
    expect(await failureOf(approve(stranger, stageId))).toEqual(unknown);
    expect(await failureOf(approve(people.rts, `${stageId}x`))).toEqual({ ...unknown, id: `${stageId}x` });
    expect(
      await failureOf(api.as(null).workflows.decide.mutate({ stageId, decision: 'APPROVE' })),
    ).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await actionsOf(stageId)).toEqual(['OPENED']);
  });

  test('not before it opens, not twice, not on hold', async () => {
    const workflow = await start();
    const waiting = idOf(workflow, 'RTH');
    expect(await failureOf(approve(people.rth, waiting))).toEqual({
      code: 'STAGE_NOT_PENDING',
      stageId: waiting,
      status: 'WAITING',
    });
    await clerk.workflows.hold.mutate({ workflowId: workflow.id, reason: 'Strike' });
    const stageId = idOf(workflow, 'RTS');
    expect(await failureOf(approve(people.rts, stageId))).toEqual({
      code: 'TRANSITION_ILLEGAL',
      entity: 'workflow',
      id: workflow.id,
      from: 'ON_HOLD',
      action: 'decide',
    });
    await clerk.workflows.resume.mutate({ workflowId: workflow.id });
    await approve(people.rts, stageId);
    expect(await failureOf(approve(people.rts, stageId))).toMatchObject({
      code: 'STAGE_NOT_PENDING',
      status: 'APPROVED',
    });
  });

  test.each([
    ['APPROVE', [minor]],
    ['APPROVE_WITH_PUNCHLIST', []],
    ['APPROVE_WITH_PUNCHLIST', [minor, critical]],
    ['REJECT', [minor]],
  ] as const)('%s not with the items %j', async (decision, items) => {
    const workflow = await start('RAN');
    const stageId = idOf(workflow, 'RTS');
    const deciding = api.as(people.rts).workflows.decide.mutate({ stageId, decision, items: [...items] });
    expect(await failureOf(deciding)).toMatchObject({ code: 'PUNCHLIST_ITEMS_INVALID', decision });
    expect((await again(workflow)).stages[0]?.status).toBe('PENDING');
  });

  test('not with two items of one code', async () => {
    const item = { ...minor, itemCode: 'X' };
    const deciding = api
      .as(people.rts)
      .workflows.decide.mutate({ stageId: 'x', decision: 'APPROVE_WITH_PUNCHLIST', items: [item, item] });
    expect(await failureOf(deciding)).toEqual({ code: 'INPUT_INVALID' });
  });
});

describe('at once', () => {
  test('50 clients decide one stage: one wins, 49 get the conflict, one action is logged', async () => {
    const workflow = await start();
    const stageId = idOf(workflow, 'RTS');
    const clients = Array.from({ length: 50 }, () => api.as(people.rts));
    const results = await Promise.allSettled(
      clients.map((client, index) =>
        client.workflows.decide.mutate(
          index % 2 === 0
            ? { stageId, decision: 'APPROVE' }
            : { stageId, decision: 'REJECT', items: [critical] },
        ),
      ),
    );
    const lost = results.filter((result) => result.status === 'rejected');
    expect(lost).toHaveLength(49);
    const conflicts = await Promise.all(lost.map(({ reason }) => failureOf(Promise.reject(reason))));
    expect(new Set(conflicts.map(({ code }) => code))).toEqual(new Set(['STAGE_NOT_PENDING']));
    const actions = await actionsOf(stageId);
    expect(actions).toHaveLength(2);
    const lists = await api.database.prisma.punchlist.count({ where: { workflowStageId: stageId } });
    expect(lists).toBe(actions[1] === 'REJECTED' ? 1 : 0);
  });

  test('the stages of a parallel group: the next opens once, whoever is last', async () => {
    const workflows = await Promise.all(Array.from({ length: 8 }, () => start()));
    await Promise.all(workflows.map((workflow) => approve(people.rts, idOf(workflow, 'RTS'))));
    const outcomes = await Promise.all(
      workflows.flatMap((workflow) => [
        approve(people.rth, idOf(workflow, 'RTH')),
        approve(people.pmo, idOf(workflow, 'PMO')),
      ]),
    );
    expect(outcomes.filter(({ openedStageIds }) => openedStageIds.length === 1)).toHaveLength(8);
    for (const workflow of workflows) {
      expect(await statusesOf(workflow)).toMatchObject({ NOC_HEAD: 'PENDING' });
      expect(await actionsOf(idOf(workflow, 'NOC_HEAD'))).toEqual(['OPENED']);
    }
  });

  test('one approves and one rejects beside each other: the rejection holds, nothing opens after it', async () => {
    const workflows = await Promise.all(Array.from({ length: 8 }, () => start()));
    await Promise.all(workflows.map((workflow) => approve(people.rts, idOf(workflow, 'RTS'))));
    await Promise.allSettled(
      workflows.flatMap((workflow) => [
        approve(people.rth, idOf(workflow, 'RTH')),
        api.as(people.pmo).workflows.decide.mutate({
          stageId: idOf(workflow, 'PMO'),
          decision: 'REJECT',
          items: [critical],
        }),
      ]),
    );
    for (const workflow of workflows) {
      const { status, stages } = await again(workflow);
      expect(status).toBe('REJECTED');
      expect(stages.filter((stage) => stage.status === 'PENDING' || stage.status === 'WAITING')).toEqual([]);
    }
  });

  test('one mutation sent twenty times with one key has one effect', async () => {
    const workflow = await start();
    const stageId = idOf(workflow, 'RTS');
    const once = api.as(people.rts, { headers: { 'idempotency-key': newId() } });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => once.workflows.decide.mutate({ stageId, decision: 'APPROVE' })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await actionsOf(stageId)).toEqual(['OPENED', 'APPROVED']);
  });
});

test('in a log no time runs backwards, though the clock of another server is behind', async () => {
  const workflow = await start();
  await approve(people.rts, idOf(workflow, 'RTS'));
  aheadMs = -3_600_000;
  await approve(people.rth, idOf(workflow, 'RTH'));
  await clerk.workflows.cancel.mutate({ workflowId: workflow.id, reason: 'Site given up' });
  aheadMs = 0;
  const { stages, startedAt, completedAt } = await clerk.workflows.timeline.query({
    workflowId: workflow.id,
  });
  expect(completedAt?.localeCompare(startedAt)).toBeGreaterThan(0);
  expect(stages[1]?.actions.map(({ actionType }) => actionType)).toEqual(['OPENED', 'APPROVED']);
  expect(stages[1]?.decidedAt?.localeCompare(stages[1].openedAt ?? '')).toBeGreaterThanOrEqual(0);
});

describe('costs', () => {
  test('the same few statements and flights whatever the chain', async () => {
    const [siteId = ''] = await insertSites(api, 1);
    const question = { siteId, scopeCode: 'MW', atpCategory: 'HARDWARE' } as const;
    const workflow = await start();
    const approver = api.as(people.rts);
    const stageId = idOf(workflow, 'RTS');
    await approver.workflows.inbox.query({});
    expect(await countFlights(() => clerk.workflows.preview.query(question))).toEqual({
      statements: 1,
      flights: 1,
    });
    expect(await countFlights(() => approver.workflows.inbox.query({}))).toEqual({
      statements: 1,
      flights: 1,
    });
    // Read, write, commit.
    expect(await countFlights(() => clerk.workflows.start.mutate(question))).toEqual({
      statements: 6,
      flights: 3,
    });
    expect(
      await countFlights(() => approver.workflows.decide.mutate({ stageId, decision: 'APPROVE' })),
    ).toEqual({ statements: 7, flights: 3 });
  });
});

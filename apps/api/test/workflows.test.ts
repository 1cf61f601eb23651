import { newId } from '@apms/db';
import type { InboxPage, ListWorkflows, Workflow } from '@apms/validators';
import type { inferProcedureInput, inferProcedureOutput } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import type { z } from 'zod';
import type { AppRouter } from '../src/index.ts';
import { activateConfiguration, insertSites } from './support/configuration.ts';
import { failureOf } from './support/failure-of.ts';
import { createLifecycle, type Lifecycle } from './support/lifecycle.ts';
import { activateRouting } from './support/routing.ts';
import { startApi, type TestApi, type TestClient, type TestPerson } from './support/start-api.ts';
import { idOf, type WorkflowActions, workflowActions } from './support/workflow-actions.ts';

let api: TestApi;
let life: Lifecycle;
let clerk: TestClient;
let start: WorkflowActions['start'];
let again: WorkflowActions['again'];

beforeAll(async () => {
  api = await startApi();
  life = await createLifecycle(api);
  clerk = life.control;
  ({ start, again } = workflowActions(api, life));
});
afterAll(() => api.stop());

const denied = (permission: string) => ({ code: 'PERMISSION_DENIED', permission });

describe('start', () => {
  test('records who started it', async () => {
    const { id } = await start();
    const events = await api.database.prisma.auditEvent.findMany({ where: { entityId: id } });
    expect(events).toMatchObject([
      { action: 'workflows.start', actorId: api.workspace.people.DOC_CONTROL.userId, entityType: 'workflow' },
    ]);
  });

  test('happens once for twenty simultaneous calls with one key', async () => {
    const [siteId = ''] = await insertSites(api, 1);
    const once = api.as(api.workspace.people.DOC_CONTROL, { headers: { 'idempotency-key': newId() } });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        once.workflows.start.mutate({ siteId, scopeCode: 'RAN', atpCategory: 'HARDWARE' }),
      ),
    );
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await api.database.prisma.workflowInstance.count({ where: { siteId } })).toBe(1);
  });

  test('keeps its version and its approvers, whatever is activated later', async () => {
    const workspace = await api.createWorkspace();
    const place = { database: api.database, workspace };
    const [first, later] = [
      await api.createPerson(workspace.id, ['APPROVER']),
      await api.createPerson(workspace.id, ['APPROVER']),
    ];
    const policies = [
      {
        scope: 'RAN',
        stages: [
          { stage: 1, role: 'RTS' },
          { stage: 2, role: 'RTH' },
        ],
      },
    ];
    const roster = (person: TestPerson) =>
      ['RTS', 'RTH'].map((role) => ({ scope: 'RAN', cluster: 'CL-1', role, users: [person.userId] }));
    const versionId = await activateRouting(place, { policies, roster: roster(first) });
    const [siteId = ''] = await insertSites(place, 1);
    const manager = api.as(workspace.people.DOC_CONTROL);
    const question = { siteId, scopeCode: 'RAN', atpCategory: 'HARDWARE' } as const;
    const workflow = await manager.workflows.start.mutate(question);

    const newVersionId = await activateRouting(place, { policies, roster: roster(later) });
    const decide = (stageId: string) =>
      api.as(first).workflows.decide.mutate({ stageId, decision: 'APPROVE' });
    await decide(idOf(workflow, 'RTS'));
    expect(await manager.workflows.get.query({ workflowId: workflow.id })).toMatchObject({
      configVersion: { id: versionId, versionNumber: 1 },
      stages: [{ status: 'APPROVED' }, { status: 'PENDING', approver: { id: first.userId } }],
    });
    expect(await decide(idOf(workflow, 'RTH'))).toMatchObject({ workflowStatus: 'COMPLETED' });
    expect(await manager.workflows.start.mutate(question)).toMatchObject({
      configVersion: { id: newVersionId, versionNumber: 2 },
      stages: [{ approver: { id: later.userId } }, {}],
    });
  });
});

describe('the inbox', () => {
  test('holds what awaits the caller, the most urgent first, page by page', async () => {
    const person = await api.createPerson(api.workspace.id, ['APPROVER']);
    const mine = api.as(person);
    const workflows = [await start(), await start('MW'), await start(), await start()];
    for (const workflow of workflows) {
      const reassigned = { stageId: idOf(workflow, 'RTS'), toUserId: person.userId, reason: 'Leave' };
      await clerk.workflows.reassign.mutate(reassigned);
    }
    const due = workflows.map((workflow) => idOf(workflow, 'RTS'));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await mine.workflows.inbox.query({ limit: 3, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map(({ stageId }) => stageId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(due);
    const idsOf = async (filter: object) =>
      (await mine.workflows.inbox.query(filter)).items.map(({ stageId }) => stageId);
    expect(await idsOf({ scopeCode: 'MW' })).toEqual([due[1]]);
    expect(await idsOf({ roleCode: 'RTH' })).toEqual([]);
    expect(await idsOf({ siteId: workflows[2]?.site.id })).toEqual([due[2]]);
    const { siteCode = '', name = '' } = workflows[3]?.site ?? {};
    expect(await idsOf({ search: siteCode.toLowerCase().slice(1) })).toEqual([due[3]]);
    expect(await idsOf({ search: name })).toEqual([due[3]]);
    expect(await idsOf({ search: '%' })).toEqual([]);
    await api.database.prisma.workflowStage.update({
      where: { id: due[3] ?? '' },
      data: { slaBreachedAt: new Date() },
    });
    expect(await idsOf({ breached: true })).toEqual([due[3]]);
    expect((await mine.workflows.inbox.query({ limit: 1 })).items).toMatchObject([
      {
        workflowId: workflows[0]?.id,
        roleCode: 'RTS',
        stageNumber: 1,
        siteCode: workflows[0]?.site.siteCode,
      },
    ]);
    await clerk.workflows.hold.mutate({ workflowId: workflows[0]?.id ?? '', reason: 'Strike' });
    expect(await idsOf({})).toEqual(due.slice(1));
    expect(await idsOf({ breached: false })).toEqual(due.slice(1, 3));
  });

  test('says of which scopes and seats it is, without what is on hold or somebody else’s', async () => {
    const person = await api.createPerson(api.workspace.id, ['APPROVER']);
    const mine = api.as(person);
    expect(await mine.workflows.inboxCodes.query()).toEqual({ scopeCodes: [], roleCodes: [] });
    const workflows = [await start(), await start('MW'), await start()];
    for (const workflow of workflows) {
      const reassigned = { stageId: idOf(workflow, 'RTS'), toUserId: person.userId, reason: 'Leave' };
      await clerk.workflows.reassign.mutate(reassigned);
    }
    const both = { scopeCodes: ['MW', 'RAN'], roleCodes: ['RTS'] };
    expect(await mine.workflows.inboxCodes.query()).toEqual(both);
    await clerk.workflows.hold.mutate({ workflowId: workflows[1]?.id ?? '', reason: 'Strike' });
    expect(await mine.workflows.inboxCodes.query()).toEqual({ ...both, scopeCodes: ['RAN'] });
    expect(await failureOf(clerk.workflows.inboxCodes.query())).toEqual(denied('workflows.decide'));
  });

  test('knows what was decided last, and by whom', async () => {
    const [person, other] = [
      await api.createPerson(api.workspace.id, ['APPROVER']),
      await api.createPerson(api.workspace.id, ['APPROVER']),
    ];
    const mine = api.as(person);
    expect(await mine.workflows.lastDecision.query()).toEqual({ decision: null });
    const workflows = [await start(), await start('MW'), await start()];
    const stageIds = workflows.map((workflow) => idOf(workflow, 'RTS'));
    for (const [index, stageId] of stageIds.entries()) {
      const { userId: toUserId } = index === 2 ? other : person;
      await clerk.workflows.reassign.mutate({ stageId, toUserId, reason: 'Leave' });
    }
    const [first = '', second = '', third = ''] = stageIds;
    await mine.workflows.decide.mutate({ stageId: first, decision: 'APPROVE' });
    const items = [{ description: 'It does not stand', severity: 'CRITICAL' as const }];
    await mine.workflows.decide.mutate({ stageId: second, decision: 'REJECT', items });
    await api.as(other).workflows.decide.mutate({ stageId: third, decision: 'APPROVE' });
    await mine.workflows.comment.mutate({ stageId: first, comment: 'No decision' });
    expect(await mine.workflows.lastDecision.query()).toEqual({
      decision: {
        actionType: 'REJECTED',
        decidedAt: expect.any(String),
        stageId: second,
        workflowId: workflows[1]?.id,
        scopeCode: 'MW',
        siteCode: workflows[1]?.site.siteCode,
      },
    });
    expect(await failureOf(clerk.workflows.lastDecision.query())).toEqual(denied('workflows.decide'));
  });

  test('tells over HTTP when it is not the same any more', async () => {
    const [former, present] = [
      await api.createPerson(api.workspace.id, ['APPROVER']),
      await api.createPerson(api.workspace.id, ['APPROVER']),
    ];
    const workflow = await start();
    const stageId = idOf(workflow, 'RTS');
    const give = (person: TestPerson) =>
      clerk.workflows.reassign.mutate({ stageId, toUserId: person.userId, reason: 'Leave' });
    await give(former);
    const [formerInbox, presentInbox] = [await watch(former), await watch(present)];
    expect([await formerInbox.next(), await presentInbox.next()]).toEqual(['SUBSCRIBED', 'SUBSCRIBED']);
    await start();
    await give(present);
    expect([await formerInbox.next(), await presentInbox.next()]).toEqual(['CHANGED', 'CHANGED']);
    await api.as(present).workflows.decide.mutate({ stageId, decision: 'APPROVE' });
    expect(await presentInbox.next()).toBe('CHANGED');
    await Promise.all([formerInbox.close(), presentInbox.close()]);
  });
});

/** The reasons that a subscription to the inbox gives, one by one. */
async function watch(person: TestPerson) {
  const response = await fetch(`${api.url}/trpc/workflows.inboxChanges`, {
    headers: {
      ...person.credentials,
      'x-workspace-id': api.workspace.id,
      accept: 'text/event-stream',
    },
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    next: async (): Promise<string> => {
      for (;;) {
        const found = /"reason":"(\w+)"/.exec(text);
        if (found?.[1] !== undefined) {
          text = text.slice(found.index + found[0].length);
          return found[1];
        }
        const chunk = await reader?.read();
        if (chunk === undefined || chunk.done) throw new Error(`the stream ended: ${text}`);
        text += chunk.value;
      }
    },
    close: async () => await reader?.cancel(),
  };
}

describe('list', () => {
  test('filters, the latest first', async () => {
    const [siteId = ''] = await insertSites(api, 1);
    const at = (scopeCode: string, vendorCode: string | null) =>
      clerk.workflows.start.mutate({ siteId, scopeCode, vendorCode, atpCategory: 'HARDWARE' });
    const ran = await at('RAN', 'V-1');
    const mw = await at('MW', 'V-2');
    const none = await at('RAN', null);
    await clerk.workflows.cancel.mutate({ workflowId: none.id, reason: 'Mistake' });
    await api.database.prisma.workflowStage.update({
      where: { id: idOf(mw, 'RTS') },
      data: { slaBreachedAt: new Date() },
    });
    const idsOf = async (filter: Partial<ListWorkflows>) =>
      (await clerk.workflows.list.query({ siteId, ...filter })).items.map(({ id }) => id);
    expect(await idsOf({})).toEqual([none.id, mw.id, ran.id]);
    expect(await idsOf({ direction: 'asc' })).toEqual([ran.id, mw.id, none.id]);
    expect(await idsOf({ status: 'CANCELLED' })).toEqual([none.id]);
    expect(await idsOf({ scopeCode: 'MW' })).toEqual([mw.id]);
    expect(await idsOf({ vendorCode: 'V-1' })).toEqual([ran.id]);
    expect(await idsOf({ breached: true })).toEqual([mw.id]);
    expect(await idsOf({ breached: false })).toEqual([none.id, ran.id]);
    expect(await idsOf({ configVersionId: ran.configVersion.id })).toHaveLength(3);
    expect(await idsOf({ configVersionId: newId() })).toEqual([]);
    expect(await idsOf({ approverId: life.seats.PMO.userId })).toEqual([mw.id]);
    const { stages: _, ...summary } = ran;
    expect((await clerk.workflows.list.query({ siteId, vendorCode: 'V-1' })).items).toEqual([summary]);
    const first = await clerk.workflows.list.query({ siteId, limit: 2 });
    const cursor = first.nextCursor ?? '';
    expect((await clerk.workflows.list.query({ siteId, limit: 2, cursor })).items).toMatchObject([
      { id: ran.id },
    ]);
  });
});

describe('timeline', () => {
  test('tells under which configuration and by whom, with what each raised and was asked', async () => {
    const workflow = await start();
    const stageId = idOf(workflow, 'RTS');
    await life.vendor.workflows.comment.mutate({ stageId, comment: 'Ready' });
    const decided = await life.approvers.RTS.workflows.decide.mutate({
      stageId,
      decision: 'APPROVE_WITH_PUNCHLIST',
      comment: 'One label',
      items: [{ description: 'Missing label', severity: 'MINOR' }],
    });
    const { id: overrideId } = await clerk.overrides.request.mutate({
      overrideType: 'STAGE',
      stageId: idOf(workflow, 'RTH'),
      toUserId: life.seats.PMO.userId,
      reason: 'On leave',
    });
    await life.approvers.NOC_HEAD.overrides.approve.mutate({ overrideId });
    const timeline = await api
      .as(api.workspace.people.VIEWER)
      .workflows.timeline.query({ workflowId: workflow.id });
    const author = (person: TestPerson) => ({ id: person.userId, name: expect.any(String) });
    expect(timeline).toMatchObject({
      id: workflow.id,
      matchedBy: 'ANY_VENDOR_AND_CATEGORY',
      configVersion: {
        ...workflow.configVersion,
        status: 'ACTIVE',
        sourceFileName: 'test.xlsx',
        importedBy: author(api.workspace.people.CONFIG_MANAGER),
      },
      stages: [
        {
          roleCode: 'RTS',
          status: 'APPROVED_WITH_PUNCHLIST',
          actions: [
            { actionType: 'OPENED', actor: author(api.workspace.people.DOC_CONTROL) },
            { actionType: 'COMMENTED', comment: 'Ready', actor: author(api.workspace.people.VENDOR) },
            { actionType: 'APPROVED_WITH_PUNCHLIST', comment: 'One label', actor: author(life.seats.RTS) },
          ],
          punchlists: [
            {
              id: decided.punchlistId,
              status: 'OPEN',
              items: [{ itemCode: 'P-01', severity: 'MINOR', status: 'OPEN' }],
            },
          ],
          overrides: [],
        },
        {
          roleCode: 'RTH',
          status: 'PENDING',
          actions: [
            { actionType: 'OPENED' },
            { actionType: 'REASSIGNED', details: { overrideId, toUserId: life.seats.PMO.userId } },
          ],
          punchlists: [],
          overrides: [
            {
              id: overrideId,
              reason: 'On leave',
              toUser: author(life.seats.PMO),
              approvedBy: author(life.seats.NOC_HEAD),
            },
          ],
        },
        { roleCode: 'NOC_HEAD', status: 'WAITING', actions: [], punchlists: [], overrides: [] },
      ],
    });
  });
});

describe('access', () => {
  test('another workspace sees none of it', async () => {
    const workflow = await start();
    const { id: workflowId } = workflow;
    const stageId = idOf(workflow, 'RTS');
    const { people } = await api.createWorkspace();
    const stranger = api.as(people.ADMIN).workflows;
    const reason = 'x';
    const missing = (entity: string, id: string) => ({ code: 'ENTITY_NOT_FOUND', entity, id });
    const refused = await Promise.all(
      [
        stranger.get.query({ workflowId }),
        stranger.timeline.query({ workflowId }),
        stranger.hold.mutate({ workflowId, reason }),
        stranger.resume.mutate({ workflowId }),
        stranger.cancel.mutate({ workflowId, reason }),
      ].map(failureOf),
    );
    expect(refused).toEqual(refused.map(() => missing('workflow', workflowId)));
    const toUserId = people.APPROVER.userId;
    const refusedStages = await Promise.all(
      [
        stranger.reassign.mutate({ stageId, toUserId, reason }),
        stranger.skip.mutate({ stageId, reason }),
        stranger.comment.mutate({ stageId, comment: reason }),
      ].map(failureOf),
    );
    expect(refusedStages).toEqual(refusedStages.map(() => missing('workflowStage', stageId)));
    expect((await stranger.list.query({ siteId: workflow.site.id })).items).toEqual([]);
    expect((await again(workflow)).status).toBe('IN_PROGRESS');
  });

  test('a manager of workflows only manages', async () => {
    const workflow = await start();
    const { id: workflowId } = workflow;
    const reason = 'x';
    expect(await failureOf(life.approvers.RTS.workflows.cancel.mutate({ workflowId, reason }))).toEqual(
      denied('workflows.manage'),
    );
    const viewer = api.as(api.workspace.people.VIEWER).workflows;
    const stageId = idOf(workflow, 'RTS');
    expect(await failureOf(viewer.comment.mutate({ stageId, comment: reason }))).toEqual(
      denied('workflows.comment'),
    );
    expect(await failureOf(clerk.workflows.inbox.query({}))).toEqual(denied('workflows.decide'));
  });
});

test('the versions of a workspace do not mix: the configuration of one is nothing to another', async () => {
  const workspace = await api.createWorkspace();
  const place = { database: api.database, workspace };
  const [siteId = ''] = await insertSites(place, 1);
  const question = { siteId, scopeCode: 'RAN', atpCategory: 'HARDWARE' } as const;
  const manager = api.as(workspace.people.DOC_CONTROL);
  expect(await failureOf(manager.workflows.start.mutate(question))).toMatchObject({
    code: 'CONFIG_VERSION_MISSING',
  });
  await activateConfiguration(place, { roster: { RTS: [workspace.people.APPROVER] } });
  expect(await failureOf(manager.workflows.start.mutate(question))).toMatchObject({
    code: 'APPROVER_NOT_FOUND',
    roleCode: 'RTH',
    stageNumber: 2,
    clusterCode: 'CL-1',
  });
});

test('types: a decision needs only its stage, answers are what the schemas say', () => {
  type Workflows = AppRouter['workflows'];
  expectTypeOf<{ stageId: string; decision: 'APPROVE' }>().toExtend<
    inferProcedureInput<Workflows['decide']>
  >();
  expectTypeOf<inferProcedureOutput<Workflows['start']>>().toEqualTypeOf<Workflow>();
  expectTypeOf<inferProcedureOutput<Workflows['inbox']>>().toEqualTypeOf<z.infer<typeof InboxPage>>();
});

import { newId } from '@apms/db';
import type { PunchlistItem, PunchlistItemStatus } from '@apms/validators';
import type { inferProcedureOutput } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import type { AppRouter } from '../src/index.ts';
import { insertSites } from './support/configuration.ts';
import { failureOf } from './support/failure-of.ts';
import { createLifecycle, type Lifecycle } from './support/lifecycle.ts';
import { startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
let life: Lifecycle;

beforeAll(async () => {
  api = await startApi();
  life = await createLifecycle(api);
});
afterAll(() => api.stop());

/** A review in which RTS has raised one item, brought to the state. */
async function createItem(status: PunchlistItemStatus = 'OPEN'): Promise<PunchlistItem> {
  const submissionId = await life.createInReview();
  await life.decide(submissionId, 'RTS', 'APPROVE_WITH_PUNCHLIST', ['MINOR']);
  const [item] = await life.itemsOf(submissionId);
  if (item === undefined) throw new Error('the decision raised no item');
  const itemId = item.id;
  if (status === 'RECTIFIED') await life.rectify(itemId);
  if (status === 'QA_VALIDATED' || status === 'CLOSED') await life.validate(itemId);
  if (status === 'CLOSED') await life.approvers.RTS.punchlists.close.mutate({ itemId });
  return item;
}

describe('the life of an item', () => {
  test('is rectified with evidence, validated by QA and closed by who raised it; its list closes with it', async () => {
    const { id: itemId, punchlistId } = await createItem();
    const evidenceDocumentId = await life.upload();
    const rectified = await life.vendor.punchlists.rectify.mutate({
      itemId,
      evidenceDocumentId,
      comment: 'Mended',
    });
    expect(rectified).toMatchObject({
      status: 'RECTIFIED',
      evidenceDocumentId,
      comment: 'Mended',
      validatedAt: null,
    });
    expect(await life.qa.punchlists.validate.mutate({ itemId })).toMatchObject({ status: 'QA_VALIDATED' });
    const closed = await life.approvers.RTS.punchlists.close.mutate({ itemId });
    expect(closed).toMatchObject({ status: 'CLOSED', closedAt: expect.any(String) });
    expect(await life.vendor.punchlists.get.query({ punchlistId })).toMatchObject({
      status: 'CLOSED',
      itemCount: 1,
      closedItemCount: 1,
      items: [closed],
    });
    const events = await api.database.prisma.auditEvent.findMany({
      where: { entityId: itemId },
      orderBy: { id: 'asc' },
    });
    expect(events.map(({ action }) => action)).toEqual([
      'punchlists.rectify',
      'punchlists.validate',
      'punchlists.close',
    ]);
  });

  test.each(['RECTIFIED', 'QA_VALIDATED'] as const)(
    'QA, or who raised it, sends it back from %s',
    async (status) => {
      for (const client of [life.qa, life.approvers.RTS]) {
        const { id: itemId } = await createItem(status);
        const reopened = await client.punchlists.reopen.mutate({ itemId, comment: 'Still loose' });
        expect(reopened).toMatchObject({
          status: 'OPEN',
          comment: 'Still loose',
          evidenceDocumentId: null,
          rectifiedAt: null,
          validatedAt: null,
        });
      }
    },
  );

  const actions = {
    rectify: async (itemId: string) =>
      life.vendor.punchlists.rectify.mutate({ itemId, evidenceDocumentId: await life.upload() }),
    validate: async (itemId: string) => life.qa.punchlists.validate.mutate({ itemId }),
    close: async (itemId: string) => life.approvers.RTS.punchlists.close.mutate({ itemId }),
    reopen: async (itemId: string) => life.qa.punchlists.reopen.mutate({ itemId, comment: 'No' }),
  };

  test.each([
    ['OPEN', ['validate', 'close', 'reopen']],
    ['RECTIFIED', ['rectify', 'close']],
    ['QA_VALIDATED', ['rectify', 'validate']],
    ['CLOSED', ['rectify', 'validate', 'close', 'reopen']],
  ] as const)('from %s these are illegal: %s', async (from, illegal) => {
    const { id: itemId } = await createItem(from);
    for (const action of illegal) {
      expect(await failureOf(actions[action](itemId))).toEqual({
        code: 'TRANSITION_ILLEGAL',
        entity: 'punchlistItem',
        id: itemId,
        from,
        action,
      });
    }
  });

  test('is not rectified without evidence, or with a document that is not there', async () => {
    const { id: itemId } = await createItem();
    expect(await failureOf(life.vendor.punchlists.rectify.mutate({ itemId }))).toEqual({
      code: 'EVIDENCE_REQUIRED',
      itemId,
    });
    const evidenceDocumentId = newId();
    expect(await failureOf(life.vendor.punchlists.rectify.mutate({ itemId, evidenceDocumentId }))).toEqual({
      code: 'REFERENCE_NOT_FOUND',
      entity: 'documents',
      field: 'evidenceDocumentId',
      id: evidenceDocumentId,
    });
  });

  test('only who raised it closes it; another approver does not send it back either', async () => {
    const { id: itemId } = await createItem('QA_VALIDATED');
    const notYours = { code: 'ITEM_NOT_YOURS', itemId };
    for (const client of [life.qa, life.approvers.RTH, api.as(api.workspace.people.ADMIN)]) {
      expect(await failureOf(client.punchlists.close.mutate({ itemId }))).toEqual(notYours);
    }
    const reopening = life.approvers.RTH.punchlists.reopen.mutate({ itemId, comment: 'No' });
    expect(await failureOf(reopening)).toEqual(notYours);
  });

  test('of twenty closings at once one wins', async () => {
    const { id: itemId } = await createItem('QA_VALIDATED');
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => life.approvers.RTS.punchlists.close.mutate({ itemId })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('does not change any more when its submission is cancelled', async () => {
    const submissionId = await life.createInReview();
    await life.decide(submissionId, 'RTS', 'APPROVE_WITH_PUNCHLIST', ['MINOR']);
    const [item] = await life.itemsOf(submissionId);
    const { id: itemId = '', punchlistId = '' } = item ?? {};
    await life.control.submissions.cancel.mutate({ submissionId, comment: 'Site given up' });
    expect(await life.vendor.punchlists.get.query({ punchlistId })).toMatchObject({ status: 'CANCELLED' });
    for (const action of ['rectify', 'validate', 'close', 'reopen'] as const) {
      expect(await failureOf(actions[action](itemId))).toEqual({
        code: 'TRANSITION_ILLEGAL',
        entity: 'punchlist',
        id: punchlistId,
        from: 'CANCELLED',
        action,
      });
    }
    expect(await life.itemsOf(submissionId)).toEqual([]);
  });
});

test('a workflow without a submission: its items live the same, and end with it', async () => {
  const [siteId = ''] = await insertSites(api, 1);
  const workflow = await life.control.workflows.start.mutate({
    siteId,
    scopeCode: 'RAN',
    vendorCode: null,
    atpCategory: 'HARDWARE',
  });
  const { punchlistId } = await life.approvers.RTS.workflows.decide.mutate({
    stageId: workflow.stages[0]?.id ?? '',
    decision: 'APPROVE_WITH_PUNCHLIST',
    items: [
      { severity: 'MINOR', description: 'A label' },
      { severity: 'MINOR', description: 'A cable tie' },
    ],
  });
  const list = await life.vendor.punchlists.get.query({ punchlistId: punchlistId ?? '' });
  expect(list).toMatchObject({ submissionId: null, submissionNumber: null });
  const itemId = list.items[0]?.id ?? '';
  await life.validate(itemId);
  await life.approvers.RTS.punchlists.close.mutate({ itemId });
  await life.control.workflows.cancel.mutate({ workflowId: workflow.id, reason: 'Given up' });
  expect(await life.vendor.punchlists.get.query({ punchlistId: list.id })).toMatchObject({
    status: 'CANCELLED',
    itemCount: 2,
    closedItemCount: 1,
  });
});

describe('list', () => {
  test('filters by submission, workflow, severity, state and who raised it, page by page', async () => {
    const submissionId = await life.createInReview();
    await life.decide(submissionId, 'RTS', 'APPROVE_WITH_PUNCHLIST', ['MINOR']);
    await life.decide(submissionId, 'RTH', 'APPROVE_WITH_PUNCHLIST', ['MAJOR', 'MINOR']);
    const { workflowId } = await life.vendor.submissions.get.query({ submissionId });
    const filters = { submissionId, workflowId: workflowId ?? '' };
    const first = await life.vendor.punchlists.list.query({ ...filters, limit: 1 });
    const second = await life.vendor.punchlists.list.query({
      ...filters,
      limit: 1,
      cursor: first.nextCursor ?? '',
    });
    expect([...first.items, ...second.items]).toMatchObject([
      { roleCode: 'RTH', stageNumber: 2, itemCount: 2, closedItemCount: 0, status: 'OPEN', submissionId },
      { roleCode: 'RTS', stageNumber: 1, itemCount: 1 },
    ]);
    expect(second.nextCursor).toBeNull();
    const count = async (filter: object, client = life.vendor) =>
      (await client.punchlists.list.query({ ...filters, ...filter })).items.length;
    expect(await count({ severity: 'MAJOR' })).toBe(1);
    expect(await count({ severity: 'CRITICAL' })).toBe(0);
    expect(await count({ itemStatus: 'OPEN' })).toBe(2);
    expect(await count({ status: 'CLOSED' })).toBe(0);
    expect(await count({ mine: true }, life.approvers.RTS)).toBe(1);
    expect(await count({ mine: true })).toBe(0);
    const items = await life.approvers.RTH.punchlists.listItems.query({
      submissionId,
      mine: true,
      status: 'OPEN',
    });
    expect(items.items.map(({ severity }) => severity).toSorted()).toEqual(['MAJOR', 'MINOR']);
  });

  test('all items of the workspace are not listed at once', async () => {
    expect(await failureOf(life.vendor.punchlists.listItems.query({ mine: true }))).toEqual({
      code: 'INPUT_INVALID',
    });
  });

  test('another workspace sees nothing and finds nothing', async () => {
    const { id: itemId, punchlistId } = await createItem('RECTIFIED');
    const elsewhere = await api.createWorkspace();
    const stranger = api.as(elsewhere.people.ADMIN);
    expect((await stranger.punchlists.list.query({})).items).toEqual([]);
    expect((await stranger.punchlists.listItems.query({ status: 'RECTIFIED' })).items).toEqual([]);
    expect(await failureOf(stranger.punchlists.get.query({ punchlistId }))).toEqual({
      code: 'ENTITY_NOT_FOUND',
      entity: 'punchlist',
      id: punchlistId,
    });
    const failures = await Promise.all([
      failureOf(stranger.punchlists.validate.mutate({ itemId })),
      failureOf(stranger.punchlists.close.mutate({ itemId })),
      failureOf(stranger.punchlists.reopen.mutate({ itemId, comment: 'No' })),
      failureOf(stranger.punchlists.rectify.mutate({ itemId, evidenceDocumentId: 'x' })),
    ]);
    const notFound = { code: 'ENTITY_NOT_FOUND', entity: 'punchlistItem', id: itemId };
    expect(failures).toEqual(failures.map(() => notFound));
  });
});

test('types: an item on the wire', () => {
  expectTypeOf<inferProcedureOutput<AppRouter['punchlists']['rectify']>>().toEqualTypeOf<PunchlistItem>();
});

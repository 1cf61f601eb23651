import type { Submission, SubmissionStatus } from '@apms/validators';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failureOf } from './support/failure-of.ts';
import { createLifecycle, type Lifecycle, type Seat } from './support/lifecycle.ts';
import { startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
let life: Lifecycle;

beforeAll(async () => {
  api = await startApi();
  life = await createLifecycle(api);
});
afterAll(() => api.stop());

async function statusOf(submissionId: string): Promise<SubmissionStatus> {
  return (await life.vendor.submissions.get.query({ submissionId })).status;
}

async function createRejected(seat: Seat = 'RTH'): Promise<string> {
  const submissionId = await life.createInReview();
  if (seat === 'RTH') await life.decide(submissionId, 'RTS');
  await life.decide(submissionId, seat, 'REJECT', ['CRITICAL', 'MINOR']);
  return submissionId;
}

async function rectifyAll(submissionId: string): Promise<void> {
  for (const { id, status } of await life.itemsOf(submissionId)) {
    if (status === 'OPEN') await life.rectify(id);
  }
}

describe('approval', () => {
  test.each(['RAN', 'MW'])(
    'of every stage of %s without a defect completes it at once',
    async (scopeCode) => {
      const submissionId = await life.createInReview(scopeCode);
      await life.decide(submissionId, 'RTS');
      await life.decide(submissionId, 'RTH');
      if (scopeCode === 'MW') await life.decide(submissionId, 'PMO');
      expect(await statusOf(submissionId)).toBe('IN_REVIEW');
      await life.decide(submissionId, 'NOC_HEAD');
      const { status, completedAt, history } = await life.vendor.submissions.get.query({ submissionId });
      expect({ status, completedAt }).toEqual({ status: 'COMPLETED', completedAt: expect.any(String) });
      expect(history.slice(-2).map(({ from, to }) => [from, to])).toEqual([
        ['IN_REVIEW', 'APPROVED'],
        ['APPROVED', 'COMPLETED'],
      ]);
    },
  );

  test('with open defects waits for the last of them', async () => {
    const submissionId = await life.createInReview();
    await life.decide(submissionId, 'RTS', 'APPROVE_WITH_PUNCHLIST', ['MAJOR']);
    await life.decide(submissionId, 'RTH');
    await life.decide(submissionId, 'NOC_HEAD', 'APPROVE_WITH_PUNCHLIST', ['MINOR']);
    const [first, second] = await life.itemsOf(submissionId);
    expect(await statusOf(submissionId)).toBe('APPROVED_WITH_PUNCHLIST');
    expect(await failureOf(life.control.submissions.complete.mutate({ submissionId }))).toEqual({
      code: 'PUNCHLIST_NOT_CLOSED',
      submissionId,
      openItems: 2,
    });
    for (const item of [first, second]) await life.validate(item?.id ?? '');
    await life.approvers.RTS.punchlists.close.mutate({ itemId: first?.id ?? '' });
    expect(await statusOf(submissionId)).toBe('APPROVED_WITH_PUNCHLIST');
    await life.approvers.NOC_HEAD.punchlists.close.mutate({ itemId: second?.id ?? '' });
    expect(await statusOf(submissionId)).toBe('COMPLETED');
  });

  test('with defects that were closed on the way completes it', async () => {
    const submissionId = await life.createInReview();
    await life.decide(submissionId, 'RTS', 'APPROVE_WITH_PUNCHLIST', ['MINOR']);
    const [item] = await life.itemsOf(submissionId);
    await life.validate(item?.id ?? '');
    await life.approvers.RTS.punchlists.close.mutate({ itemId: item?.id ?? '' });
    await life.decide(submissionId, 'RTH');
    await life.decide(submissionId, 'NOC_HEAD');
    expect(await statusOf(submissionId)).toBe('COMPLETED');
  });

  test('two last items, or the last item and the last decision, at once: completed exactly once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const submissionId = await life.createInReview();
      await life.decide(submissionId, 'RTS', 'APPROVE_WITH_PUNCHLIST', ['MINOR']);
      await life.decide(submissionId, 'RTH', 'APPROVE_WITH_PUNCHLIST', ['MINOR']);
      const [first, second] = await life.itemsOf(submissionId);
      for (const item of [first, second]) await life.validate(item?.id ?? '');
      const closings = [
        life.approvers.RTS.punchlists.close.mutate({ itemId: first?.id ?? '' }),
        life.approvers.RTH.punchlists.close.mutate({ itemId: second?.id ?? '' }),
      ];
      const deciding = life.decide(submissionId, 'NOC_HEAD');
      await Promise.all([...closings, deciding]);
      const { status, history } = await life.vendor.submissions.get.query({ submissionId });
      expect(status).toBe('COMPLETED');
      expect(history.filter(({ to }) => to === 'COMPLETED')).toHaveLength(1);
    }
  });
});

describe('rejection', () => {
  test('sends it to rectification; the next revision passes QA and resumes at the stage that rejected', async () => {
    const submissionId = await createRejected();
    const rejected = await life.vendor.submissions.get.query({ submissionId });
    expect(rejected).toMatchObject({
      status: 'RECTIFICATION',
      revisionNumber: 1,
      resumeStageNumber: 2,
      punchlistItems: { OPEN: 2 },
    });
    await rectifyAll(submissionId);
    await life.attach(submissionId);
    const resubmitted = await life.vendor.submissions.resubmit.mutate({ submissionId });
    expect(resubmitted).toMatchObject({ status: 'QA_REVIEW', revisionNumber: 2, resumeStageNumber: 2 });
    await life.qa.submissions.acceptQa.mutate({ submissionId });

    const again = await life.vendor.submissions.get.query({ submissionId });
    expect(again.documents.map(({ revisionNumber }) => revisionNumber)).toEqual([1, 2]);
    expect(again.workflows).toMatchObject([
      { id: rejected.workflowId, status: 'REJECTED' },
      { id: again.workflowId, status: 'IN_PROGRESS', currentStageNumber: 2 },
    ]);
    await life.decide(submissionId, 'RTH');
    await life.decide(submissionId, 'NOC_HEAD');
    expect(await life.vendor.submissions.get.query({ submissionId })).toMatchObject({
      status: 'APPROVED_WITH_PUNCHLIST',
      resumeStageNumber: null,
      punchlistItems: { RECTIFIED: 2 },
    });
    for (const { id: itemId } of await life.itemsOf(submissionId)) {
      await life.qa.punchlists.validate.mutate({ itemId });
      await life.approvers.RTH.punchlists.close.mutate({ itemId });
    }
    expect(await statusOf(submissionId)).toBe('COMPLETED');
  });

  test('is not resubmitted without a document of its own, or with a CRITICAL item still open', async () => {
    const submissionId = await createRejected('RTS');
    const resubmit = () => failureOf(life.vendor.submissions.resubmit.mutate({ submissionId }));
    expect(await resubmit()).toEqual({ code: 'SUBMISSION_WITHOUT_DOCUMENTS', submissionId });
    await life.attach(submissionId);
    expect(await resubmit()).toEqual({ code: 'PUNCHLIST_NOT_CLOSED', submissionId, openItems: 1 });
    const critical = (await life.itemsOf(submissionId)).find(({ severity }) => severity === 'CRITICAL');
    await life.rectify(critical?.id ?? '');
    const resubmitted: Submission = await life.vendor.submissions.resubmit.mutate({ submissionId });
    expect(resubmitted.revisionNumber).toBe(2);
  });

  test('documents of the rejected revision stay; QA returns the next one as the same revision', async () => {
    const submissionId = await createRejected('RTS');
    const [first] = (await life.vendor.submissions.get.query({ submissionId })).documents;
    const detach = life.vendor.submissions.detachDocument.mutate({
      submissionId,
      documentId: first?.documentId ?? '',
    });
    expect(await failureOf(detach)).toEqual({
      code: 'HISTORY_IMMUTABLE',
      entity: 'atp_submission_documents',
    });
    await rectifyAll(submissionId);
    await life.attach(submissionId);
    await life.vendor.submissions.resubmit.mutate({ submissionId });
    const returned = await life.qa.submissions.returnQa.mutate({ submissionId, comment: 'Blurred' });
    expect(returned).toMatchObject({ status: 'DRAFT', revisionNumber: 2, resumeStageNumber: 1 });
    await life.vendor.submissions.submit.mutate({ submissionId });
    expect(await life.vendor.submissions.get.query({ submissionId })).toMatchObject({
      status: 'QA_REVIEW',
      revisionNumber: 2,
    });
  });
});

describe('cancellation', () => {
  test.each(['DRAFT', 'QA_REVIEW', 'IN_REVIEW', 'RECTIFICATION'] as const)('from %s', async (from) => {
    const submissionId = await createIn[from]();
    const cancelled = await life.control.submissions.cancel.mutate({ submissionId, comment: 'Given up' });
    expect(cancelled).toMatchObject({ status: 'CANCELLED', completedAt: expect.any(String) });
    const { history, workflows } = await life.vendor.submissions.get.query({ submissionId });
    expect(history.at(-1)).toMatchObject({ from, to: 'CANCELLED', comment: 'Given up' });
    expect(workflows.map(({ status }) => status)).toEqual(
      { DRAFT: [], QA_REVIEW: [], IN_REVIEW: ['CANCELLED'], RECTIFICATION: ['REJECTED'] }[from],
    );
  });

  test('ends its running workflow with an action on every stage that was not decided', async () => {
    const submissionId = await life.createInReview('MW');
    await life.decide(submissionId, 'RTS');
    await life.control.submissions.cancel.mutate({ submissionId, comment: 'Given up' });
    const { rows } = await api.database.pool.query<{ status: string; actions: string[] }>(
      `select st.status, array(select a.action_type from workflow_stage_actions a
                               where a.workflow_stage_id = st.id order by a.created_at, a.id) as actions
       from atp_submissions s join workflow_stages st on st.workflow_id = s.workflow_id
       where s.id = $1 order by st.sequence_order`,
      [submissionId],
    );
    expect(rows).toEqual([
      { status: 'APPROVED', actions: ['OPENED', 'APPROVED'] },
      { status: 'CANCELLED', actions: ['OPENED', 'CANCELLED'] },
      { status: 'CANCELLED', actions: ['OPENED', 'CANCELLED'] },
      { status: 'CANCELLED', actions: ['CANCELLED'] },
    ]);
  });

  test('and a decision at once: one of them wins', async () => {
    for (let round = 0; round < 5; round += 1) {
      const submissionId = await life.createInReview();
      const stageId = await life.stageOf(submissionId, 'RTS');
      await Promise.allSettled([
        life.control.submissions.cancel.mutate({ submissionId, comment: 'Given up' }),
        life.approvers.RTS.workflows.decide.mutate({
          stageId,
          decision: 'REJECT',
          items: [{ severity: 'CRITICAL', description: 'No power' }],
        }),
      ]);
      const { status, workflows } = await life.vendor.submissions.get.query({ submissionId });
      // A rejected submission can be cancelled still, so the cancellation wins in either order.
      expect(status).toBe('CANCELLED');
      expect(['CANCELLED', 'REJECTED']).toContain(workflows[0]?.status);
    }
  });
});

/** How a submission of each state comes about. */
const createIn: Readonly<Record<SubmissionStatus, () => Promise<string>>> = {
  DRAFT: () => life.createDraft(),
  QA_REVIEW: () => life.createInQa(),
  IN_REVIEW: () => life.createInReview(),
  RECTIFICATION: () => createRejected('RTS'),
  APPROVED: async () => {
    // A state that is passed through within a transaction, but that older data may be in.
    const submissionId = await life.createInQa();
    await api.database.pool.query(`update atp_submissions set status = 'APPROVED' where id = $1`, [
      submissionId,
    ]);
    return submissionId;
  },
  APPROVED_WITH_PUNCHLIST: async () => {
    const submissionId = await life.createInReview();
    await life.decide(submissionId, 'RTS', 'APPROVE_WITH_PUNCHLIST', ['MINOR']);
    await life.decide(submissionId, 'RTH');
    await life.decide(submissionId, 'NOC_HEAD');
    return submissionId;
  },
  COMPLETED: async () => {
    const submissionId = await life.createInReview();
    for (const seat of ['RTS', 'RTH', 'NOC_HEAD'] as const) await life.decide(submissionId, seat);
    return submissionId;
  },
  CANCELLED: async () => {
    const submissionId = await life.createDraft();
    await life.vendor.submissions.cancel.mutate({ submissionId, comment: 'Given up' });
    return submissionId;
  },
};

const actions = {
  attachDocument: (submissionId: string) =>
    life.vendor.submissions.attachDocument.mutate({ submissionId, documentId: 'x', documentType: 'OTHER' }),
  detachDocument: (submissionId: string) =>
    life.vendor.submissions.detachDocument.mutate({ submissionId, documentId: 'x' }),
  submit: (submissionId: string) => life.vendor.submissions.submit.mutate({ submissionId }),
  acceptQa: (submissionId: string) => life.qa.submissions.acceptQa.mutate({ submissionId }),
  returnQa: (submissionId: string) => life.qa.submissions.returnQa.mutate({ submissionId, comment: 'No' }),
  resubmit: (submissionId: string) => life.vendor.submissions.resubmit.mutate({ submissionId }),
  complete: (submissionId: string) => life.control.submissions.complete.mutate({ submissionId }),
  cancel: (submissionId: string) => life.control.submissions.cancel.mutate({ submissionId, comment: 'No' }),
} as const;

describe('what is illegal', () => {
  const prepared = ['attachDocument', 'detachDocument'] as const;
  const afterwards = ['submit', 'acceptQa', 'returnQa', 'resubmit'] as const;
  test.each([
    ['DRAFT', ['acceptQa', 'returnQa', 'resubmit', 'complete']],
    ['QA_REVIEW', [...prepared, 'submit', 'resubmit', 'complete']],
    ['IN_REVIEW', [...prepared, ...afterwards, 'complete']],
    ['RECTIFICATION', ['submit', 'acceptQa', 'returnQa', 'complete']],
    ['APPROVED', [...prepared, ...afterwards, 'cancel']],
    ['APPROVED_WITH_PUNCHLIST', [...prepared, ...afterwards, 'cancel']],
    ['COMPLETED', [...prepared, ...afterwards, 'complete', 'cancel']],
    ['CANCELLED', [...prepared, ...afterwards, 'complete', 'cancel']],
  ] as const)('in %s: %s', async (from, illegal) => {
    const submissionId = await createIn[from]();
    for (const action of illegal) {
      expect(await failureOf(actions[action](submissionId))).toEqual({
        code: 'TRANSITION_ILLEGAL',
        entity: 'submission',
        id: submissionId,
        from,
        action,
      });
    }
    expect(await statusOf(submissionId)).toBe(from);
  });

  test('an approved submission that nothing is open of is completed by hand', async () => {
    const submissionId = await createIn.APPROVED();
    const completed = await life.control.submissions.complete.mutate({ submissionId });
    expect(completed.status).toBe('COMPLETED');
  });
});

describe('access', () => {
  test('another workspace finds no submission, and a role does no more than it may', async () => {
    const submissionId = await life.createInQa();
    const elsewhere = await api.createWorkspace();
    const stranger = api.as(elsewhere.people.ADMIN).submissions;
    const notFound = { code: 'ENTITY_NOT_FOUND', entity: 'submission', id: submissionId };
    const attempts = await Promise.all([
      failureOf(stranger.get.query({ submissionId })),
      failureOf(stranger.attachDocument.mutate({ submissionId, documentId: 'x', documentType: 'OTHER' })),
      failureOf(stranger.detachDocument.mutate({ submissionId, documentId: 'x' })),
      failureOf(stranger.submit.mutate({ submissionId })),
      failureOf(stranger.acceptQa.mutate({ submissionId })),
      failureOf(stranger.returnQa.mutate({ submissionId, comment: 'No' })),
      failureOf(stranger.resubmit.mutate({ submissionId })),
      failureOf(stranger.complete.mutate({ submissionId })),
      failureOf(stranger.cancel.mutate({ submissionId, comment: 'No' })),
    ]);
    expect(attempts).toEqual(attempts.map(() => notFound));
    expect((await stranger.list.query({})).items).toEqual([]);
    expect(await failureOf(life.vendor.submissions.acceptQa.mutate({ submissionId }))).toEqual({
      code: 'PERMISSION_DENIED',
      permission: 'submissions.review',
    });
    expect(await failureOf(life.qa.submissions.submit.mutate({ submissionId }))).toEqual({
      code: 'PERMISSION_DENIED',
      permission: 'submissions.write',
    });
    expect(await failureOf(api.as(null).submissions.get.query({ submissionId }))).toEqual({
      code: 'UNAUTHENTICATED',
    });
  });
});

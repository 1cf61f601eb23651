import { newId } from '@apms/db';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertSites } from './support/configuration.ts';
import { failureOf } from './support/failure-of.ts';
import { createLifecycle, type Lifecycle } from './support/lifecycle.ts';
import { activateRouting } from './support/routing.ts';
import { startApi, type TestApi, type TestClient } from './support/start-api.ts';
import { idOf, illegal, type WorkflowActions, workflowActions } from './support/workflow-actions.ts';

let api: TestApi;
let life: Lifecycle;
let clerk: TestClient;
let start: WorkflowActions['start'];
let again: WorkflowActions['again'];
let approve: WorkflowActions['approve'];

beforeAll(async () => {
  api = await startApi();
  life = await createLifecycle(api);
  clerk = life.control;
  ({ start, again, approve } = workflowActions(api, life));
});
afterAll(() => api.stop());

describe('hold and resume', () => {
  test('stop the clocks: each open stage has as much time left as before', async () => {
    const workflow = await start();
    const { id: workflowId } = workflow;
    // As if it had been open for long: what is left differs from what it had.
    const before = new Date(Date.now() + 10 * 60_000).toISOString();
    await api.database.prisma.workflowStage.update({
      where: { id: workflow.stages[0]?.id ?? '' },
      data: { slaDueAt: before },
    });
    expect(await clerk.workflows.hold.mutate({ workflowId, reason: 'Strike' })).toMatchObject({
      status: 'ON_HOLD',
    });
    expect((await again(workflow)).stages[0]?.slaDueAt).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await clerk.workflows.resume.mutate({ workflowId, comment: 'It is over' });
    const after = (await again(workflow)).stages[0]?.slaDueAt ?? '';
    const heldMs = Date.parse(after) - Date.parse(before);
    expect(heldMs).toBeGreaterThanOrEqual(50);
    expect(heldMs).toBeLessThan(60_000);
    await clerk.workflows.hold.mutate({ workflowId, reason: 'Again' });
    await clerk.workflows.resume.mutate({ workflowId });
    expect(Date.parse((await again(workflow)).stages[0]?.slaDueAt ?? '')).toBeGreaterThanOrEqual(
      Date.parse(after),
    );
    const { stages } = await clerk.workflows.timeline.query({ workflowId });
    expect(stages[0]?.actions.map(({ actionType, comment }) => [actionType, comment])).toEqual([
      ['OPENED', null],
      ['COMMENTED', 'Strike'],
      ['RESUMED', 'It is over'],
      ['COMMENTED', 'Again'],
      ['RESUMED', null],
    ]);
  });

  test('each illegal transition', async () => {
    const workflow = await start();
    const { id: workflowId } = workflow;
    const reason = 'x';
    expect(await failureOf(clerk.workflows.resume.mutate({ workflowId }))).toEqual(
      illegal('workflow', workflowId, 'IN_PROGRESS', 'resume'),
    );
    await clerk.workflows.hold.mutate({ workflowId, reason });
    expect(await failureOf(clerk.workflows.hold.mutate({ workflowId, reason }))).toEqual(
      illegal('workflow', workflowId, 'ON_HOLD', 'hold'),
    );
    const skipping = clerk.workflows.skip.mutate({ stageId: idOf(workflow, 'RTS'), reason });
    expect(await failureOf(skipping)).toEqual(illegal('workflow', workflowId, 'ON_HOLD', 'skip'));
    await clerk.workflows.cancel.mutate({ workflowId, reason });
    for (const action of ['hold', 'resume', 'cancel'] as const) {
      expect(await failureOf(clerk.workflows[action].mutate({ workflowId, reason }))).toEqual(
        illegal('workflow', workflowId, 'CANCELLED', action),
      );
    }
    const toUserId = life.seats.PMO.userId;
    const reassigning = clerk.workflows.reassign.mutate({
      stageId: idOf(workflow, 'RTS'),
      toUserId,
      reason,
    });
    expect(await failureOf(reassigning)).toEqual(illegal('workflow', workflowId, 'CANCELLED', 'reassign'));
  });

  test('of ten who cancel at once one wins', async () => {
    const { id: workflowId } = await start();
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, () => clerk.workflows.cancel.mutate({ workflowId, reason: 'x' })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('reassign', () => {
  test('gives the stage to somebody else, who alone may decide then', async () => {
    const workflow = await start();
    const stageId = idOf(workflow, 'RTS');
    const toUserId = life.seats.PMO.userId;
    await clerk.workflows.reassign.mutate({ stageId, toUserId, reason: 'On leave' });
    await clerk.workflows.reassign.mutate({ stageId, toUserId, reason: 'Again' });
    expect(await failureOf(approve('RTS', workflow))).toEqual({ code: 'STAGE_NOT_YOURS', stageId });
    await life.approvers.PMO.workflows.decide.mutate({ stageId, decision: 'APPROVE' });
    const { stages } = await clerk.workflows.timeline.query({ workflowId: workflow.id });
    expect(stages[0]?.actions).toMatchObject([
      { actionType: 'OPENED' },
      {
        actionType: 'REASSIGNED',
        comment: 'On leave',
        details: { fromUserId: life.seats.RTS.userId, toUserId },
      },
      { actionType: 'APPROVED' },
    ]);
    const late = clerk.workflows.reassign.mutate({ stageId, toUserId, reason: 'Late' });
    expect(await failureOf(late)).toEqual(illegal('workflowStage', stageId, 'APPROVED', 'reassign'));
  });

  test('only to a member who may decide', async () => {
    const stageId = idOf(await start(), 'RTS');
    const stranger = (await api.createWorkspace()).people.APPROVER.userId;
    const suspended = (await api.createPerson(api.workspace.id, ['APPROVER'])).userId;
    await api.database.prisma.user.update({ where: { id: suspended }, data: { status: 'SUSPENDED' } });
    for (const toUserId of [stranger, suspended, api.workspace.people.VENDOR.userId, newId()]) {
      const reassigning = clerk.workflows.reassign.mutate({ stageId, toUserId, reason: 'x' });
      expect(await failureOf(reassigning)).toEqual({
        code: 'REFERENCE_NOT_FOUND',
        entity: 'users',
        field: 'toUserId',
        id: toUserId,
      });
    }
  });
});

describe('skip', () => {
  test('passes over what is not required, and the chain goes on; never over all of it', async () => {
    const workspace = await api.createWorkspace();
    const place = { database: api.database, workspace };
    const users = [workspace.people.APPROVER.userId];
    await activateRouting(place, {
      roster: ['RTS', 'RTH'].map((role) => ({ scope: 'RAN', cluster: 'CL-1', role, users })),
      policies: [
        {
          scope: 'RAN',
          stages: [
            { stage: 1, role: 'RTS', required: false },
            { stage: 2, role: 'RTH', required: false },
          ],
        },
      ],
    });
    const [siteId = ''] = await insertSites(place, 1);
    const manager = api.as(workspace.people.DOC_CONTROL);
    const workflow = await manager.workflows.start.mutate({
      siteId,
      scopeCode: 'RAN',
      atpCategory: 'HARDWARE',
    });
    const skip = (roleCode: string) =>
      manager.workflows.skip.mutate({ stageId: idOf(workflow, roleCode), reason: 'Not needed' });
    expect(await skip('RTS')).toMatchObject({
      stageStatus: 'SKIPPED',
      currentStageNumber: 2,
      openedStageIds: [idOf(workflow, 'RTH')],
    });
    expect(await failureOf(skip('RTH'))).toMatchObject({ code: 'TRANSITION_ILLEGAL', action: 'skip' });
    const required = idOf(await start(), 'RTS');
    expect(await failureOf(clerk.workflows.skip.mutate({ stageId: required, reason: 'x' }))).toMatchObject({
      code: 'TRANSITION_ILLEGAL',
      from: 'PENDING and required',
    });
  });
});

describe('a submission', () => {
  test('is rectified after a rejection and comes back to the stage that rejected', async () => {
    const submissionId = await life.createInReview('MW');
    await life.decide(submissionId, 'RTS');
    await life.decide(submissionId, 'PMO', 'REJECT', ['CRITICAL']);
    expect(await life.vendor.submissions.get.query({ submissionId })).toMatchObject({
      status: 'RECTIFICATION',
      resumeStageNumber: 2,
    });
    const [item] = await life.itemsOf(submissionId);
    await life.rectify(item?.id ?? '');
    await life.attach(submissionId);
    await life.vendor.submissions.resubmit.mutate({ submissionId });
    await life.qa.submissions.acceptQa.mutate({ submissionId });
    const { workflowId } = await life.vendor.submissions.get.query({ submissionId });
    const workflow = await clerk.workflows.timeline.query({ workflowId: workflowId ?? '' });
    expect(workflow).toMatchObject({ submissionId, currentStageNumber: 2, totalStages: 3 });
    expect(workflow.stages.map(({ status }) => status)).toEqual(['SKIPPED', 'PENDING', 'PENDING', 'WAITING']);
    expect(workflow.stages[0]?.actions).toMatchObject([{ actionType: 'SKIPPED' }]);
  });

  test('is cancelled with its workflow', async () => {
    const submissionId = await life.createInReview();
    const { workflowId } = await life.vendor.submissions.get.query({ submissionId });
    await clerk.workflows.cancel.mutate({ workflowId: workflowId ?? '', reason: 'Site given up' });
    expect(await life.vendor.submissions.get.query({ submissionId })).toMatchObject({ status: 'CANCELLED' });
  });

  test('can have an override of its own', async () => {
    const [submissionId, another] = [await life.createInReview(), await life.createInReview()];
    const { id: overrideId } = await clerk.overrides.request.mutate({
      overrideType: 'SUBMISSION',
      submissionId,
      roleCode: 'RTH',
      toUserId: life.seats.PMO.userId,
      reason: 'On leave',
    });
    const { changedStageIds } = await life.approvers.NOC_HEAD.overrides.approve.mutate({ overrideId });
    expect(changedStageIds).toEqual([await life.stageOf(submissionId, 'RTH')]);
    expect(changedStageIds).not.toContain(await life.stageOf(another, 'RTH'));
  });
});

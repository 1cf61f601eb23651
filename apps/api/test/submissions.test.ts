import { newId } from '@apms/db';
import type { CreateSubmission, Submission, SubmissionDetails } from '@apms/validators';
import type { inferProcedureOutput } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import type { AppRouter } from '../src/index.ts';
import { activateConfiguration, insertDocument, insertSites } from './support/configuration.ts';
import { failureOf } from './support/failure-of.ts';
import { createLifecycle, type Lifecycle } from './support/lifecycle.ts';
import { startApi, type TestApi, type TestClient } from './support/start-api.ts';

let api: TestApi;
let life: Lifecycle;
let vendor: TestClient;
let qa: TestClient;

beforeAll(async () => {
  api = await startApi();
  life = await createLifecycle(api);
  ({ vendor, qa } = life);
});
afterAll(() => api.stop());

async function newSubmission(): Promise<CreateSubmission> {
  const [siteId = ''] = await insertSites(api, 1);
  return { siteId, scopeCode: 'RAN', atpCategory: 'HARDWARE', vendorCode: 'V-1' };
}

describe('create', () => {
  test('begins a draft with a number of the year, and its history', async () => {
    const input = await newSubmission();
    const submission = await vendor.submissions.create.mutate(input);
    expect(submission).toMatchObject({
      ...input,
      status: 'DRAFT',
      revisionNumber: 1,
      vendorName: 'Vendor V-1',
      submittedById: api.workspace.people.VENDOR.userId,
      submittedByName: 'VENDOR',
      workflowId: null,
    });
    expect(submission.submissionNumber).toMatch(/^ATP-\d{4}-\d{6}$/);
    const details = await vendor.submissions.get.query({ submissionId: submission.id });
    expect(details).toMatchObject({
      ...submission,
      documents: [],
      workflows: [],
      punchlistItems: { OPEN: 0, RECTIFIED: 0, QA_VALIDATED: 0, CLOSED: 0 },
    });
    expect(details.history).toMatchObject([
      { action: 'submissions.create', from: null, to: 'DRAFT', revisionNumber: 1, actorName: 'VENDOR' },
    ]);
  });

  test('refuses a second open one for the same site, scope and category, by its number', async () => {
    const input = await newSubmission();
    const { submissionNumber, id } = await vendor.submissions.create.mutate(input);
    const open = { code: 'SUBMISSION_OPEN', submissionNumber };
    expect(await failureOf(life.control.submissions.create.mutate({ ...input, vendorCode: null }))).toEqual(
      open,
    );
    await vendor.submissions.create.mutate({ ...input, atpCategory: 'SOFTWARE' });
    await vendor.submissions.create.mutate({ ...input, scopeCode: 'MW' });
    await vendor.submissions.cancel.mutate({ submissionId: id, comment: 'Wrong vendor' });
    await vendor.submissions.create.mutate(input);
  });

  test('of twenty at once for the same one wins; twenty for different sites get numbers without a gap', async () => {
    const input = await newSubmission();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => vendor.submissions.create.mutate(input)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);

    const inputs = await Promise.all(Array.from({ length: 20 }, newSubmission));
    const made = await Promise.all(inputs.map((each) => vendor.submissions.create.mutate(each)));
    const numbers = made
      .map(({ submissionNumber }) => Number(submissionNumber.slice(-6)))
      .toSorted((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
  });

  test('refuses what the workspace or its ACTIVE version does not have', async () => {
    const input = await newSubmission();
    const create = (change: Partial<CreateSubmission>) =>
      failureOf(vendor.submissions.create.mutate({ ...input, ...change }));
    const missing = (entity: string, field: string, id: string) => ({
      code: 'REFERENCE_NOT_FOUND',
      entity,
      field,
      id,
    });
    expect(await create({ siteId: 'nowhere' })).toEqual(missing('sites', 'siteId', 'nowhere'));
    expect(await create({ scopeCode: 'ran' })).toEqual(missing('atp_scope_master', 'scopeCode', 'ran'));
    expect(await create({ vendorCode: 'V-9' })).toEqual(missing('vendor_master', 'vendorCode', 'V-9'));
    const other = await api.createWorkspace();
    expect(await failureOf(api.as(other.people.VENDOR).submissions.create.mutate(input))).toEqual({
      code: 'CONFIG_VERSION_MISSING',
      sourceType: 'APPROVAL_MATRIX',
    });
  });

  test('happens once for a key', async () => {
    const input = await newSubmission();
    const once = api.as(api.workspace.people.VENDOR, { headers: { 'idempotency-key': newId() } });
    const made = await Promise.all(Array.from({ length: 20 }, () => once.submissions.create.mutate(input)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  });
});

describe('documents', () => {
  test('are attached, listed and taken off while it is prepared', async () => {
    const submissionId = await life.createDraft();
    const documentId = await life.attach(submissionId);
    const second = await insertDocument(api);
    const listed = await vendor.submissions.attachDocument.mutate({
      submissionId,
      documentId: second,
      documentType: 'PHOTO',
    });
    expect(listed).toMatchObject([
      {
        documentId,
        documentType: 'ATP_FORM',
        revisionNumber: 1,
        sizeBytes: expect.any(String),
        name: 'report.pdf',
      },
      { documentId: second, documentType: 'PHOTO', revisionNumber: 1 },
    ]);
    const left = await vendor.submissions.detachDocument.mutate({ submissionId, documentId });
    expect(left.map((document) => document.documentId)).toEqual([second]);
  });

  test('twice the same, an unknown one, one of another workspace, one that is not attached', async () => {
    const submissionId = await life.createDraft();
    const documentId = await life.attach(submissionId);
    const attachAgain = (id: string) =>
      failureOf(
        vendor.submissions.attachDocument.mutate({ submissionId, documentId: id, documentType: 'OTHER' }),
      );
    expect(await attachAgain(documentId)).toMatchObject({
      code: 'ENTITY_DUPLICATE',
      entity: 'atp_submission_documents',
    });
    const foreign = await insertDocument({ ...api, workspace: await api.createWorkspace() });
    for (const id of [newId(), foreign]) {
      expect(await attachAgain(id)).toEqual({
        code: 'REFERENCE_NOT_FOUND',
        entity: 'documents',
        field: 'documentId',
        id,
      });
    }
    const detach = vendor.submissions.detachDocument.mutate({ submissionId, documentId: foreign });
    expect(await failureOf(detach)).toEqual({
      code: 'ENTITY_NOT_FOUND',
      entity: 'submissionDocument',
      id: foreign,
    });
  });
});

describe('QA', () => {
  test('a draft without documents is not sent', async () => {
    const submissionId = await life.createDraft();
    expect(await failureOf(vendor.submissions.submit.mutate({ submissionId }))).toEqual({
      code: 'SUBMISSION_WITHOUT_DOCUMENTS',
      submissionId,
    });
  });

  test('returns with a comment, and accepts what is sent again', async () => {
    const submissionId = await life.createInQa();
    const returned = await qa.submissions.returnQa.mutate({ submissionId, comment: 'Page 3 is missing' });
    expect(returned).toMatchObject({ status: 'DRAFT', revisionNumber: 1 });
    await vendor.submissions.submit.mutate({ submissionId });
    const accepted = await qa.submissions.acceptQa.mutate({ submissionId });
    expect(accepted).toMatchObject({ status: 'IN_REVIEW' });
    const details = await vendor.submissions.get.query({ submissionId });
    expect(details.workflows).toMatchObject([
      { id: accepted.workflowId, status: 'IN_PROGRESS', currentStageNumber: 1, totalStages: 3 },
    ]);
    expect(details.history.map(({ to, comment }) => [to, comment])).toEqual([
      ['DRAFT', null],
      [null, null],
      ['QA_REVIEW', null],
      ['DRAFT', 'Page 3 is missing'],
      ['QA_REVIEW', null],
      ['IN_REVIEW', null],
    ]);
  });

  test('of twenty acceptances at once one starts a workflow', async () => {
    const submissionId = await life.createInQa();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => qa.submissions.acceptQa.mutate({ submissionId })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await qa.submissions.get.query({ submissionId })).workflows).toHaveLength(1);
  });

  test('a later activation neither breaks a submission nor is passed by', async () => {
    const submissionId = await life.createInQa();
    const seat = [api.workspace.people.APPROVER];
    const { versionId } = await activateConfiguration(api, {
      roster: { RTS: seat, RTH: seat, PMO: seat, NOC_HEAD: seat },
    });
    await qa.submissions.acceptQa.mutate({ submissionId });
    const { workflows } = await qa.submissions.get.query({ submissionId });
    expect(workflows).toMatchObject([{ configVersionId: versionId }]);
  });

  test('what cannot be routed stays in QA', async () => {
    const [siteId = ''] = await insertSites(api, 1, 'CL-unknown');
    const { id: submissionId } = await vendor.submissions.create.mutate({
      siteId,
      scopeCode: 'RAN',
      atpCategory: 'BOTH',
    });
    await life.attach(submissionId);
    await vendor.submissions.submit.mutate({ submissionId });
    expect(await failureOf(qa.submissions.acceptQa.mutate({ submissionId }))).toMatchObject({
      code: 'APPROVER_NOT_FOUND',
      stageNumber: 1,
    });
    expect(await qa.submissions.get.query({ submissionId })).toMatchObject({
      status: 'QA_REVIEW',
      workflows: [],
    });
  });
});

describe('list', () => {
  test('finds by state, site, scope, vendor, number and site code, and what is mine, page by page', async () => {
    const input = await newSubmission();
    const first = await vendor.submissions.create.mutate(input);
    const second = await life.control.submissions.create.mutate({
      ...input,
      scopeCode: 'MW',
      vendorCode: null,
    });
    const { siteId } = input;
    const idsOf = async (filter: object, client = vendor) =>
      (await client.submissions.list.query({ siteId, ...filter })).items.map(({ id }) => id);
    expect(await idsOf({})).toEqual([second.id, first.id]);
    expect(await idsOf({ direction: 'asc' })).toEqual([first.id, second.id]);
    expect(await idsOf({ scopeCode: 'MW' })).toEqual([second.id]);
    expect(await idsOf({ vendorCode: 'V-1' })).toEqual([first.id]);
    expect(await idsOf({ status: 'QA_REVIEW' })).toEqual([]);
    expect(await idsOf({ mine: true })).toEqual([first.id]);
    expect(await idsOf({ mine: true }, life.control)).toEqual([second.id]);
    expect(await idsOf({ search: first.submissionNumber.toLowerCase() })).toEqual([first.id]);
    expect(await idsOf({ search: siteId.slice(-12).toUpperCase() })).toEqual([second.id, first.id]);
    expect(await idsOf({ search: '%' })).toEqual([]);
    expect(await idsOf({ sort: 'submittedAt' })).toEqual([]);
    await life.attach(second.id);
    await vendor.submissions.submit.mutate({ submissionId: second.id });
    expect(await idsOf({ sort: 'submittedAt', status: 'QA_REVIEW' })).toEqual([second.id]);
    await qa.submissions.returnQa.mutate({ submissionId: second.id, comment: 'No' });
    const page = await vendor.submissions.list.query({ siteId, limit: 1 });
    const next = await vendor.submissions.list.query({ siteId, limit: 1, cursor: page.nextCursor ?? '' });
    expect([page, next].map(({ items }) => items[0]?.id)).toEqual([second.id, first.id]);
    expect(next.nextCursor).toBeNull();
  });
});

test('types: a submission on the wire', () => {
  expectTypeOf<inferProcedureOutput<AppRouter['submissions']['create']>>().toEqualTypeOf<Submission>();
  expectTypeOf<inferProcedureOutput<AppRouter['submissions']['get']>>().toEqualTypeOf<SubmissionDetails>();
});

import { PunchlistItemStatus, SubmissionStatus } from '@apms/validators';
import { createTRPCClient, httpLink } from '@trpc/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEMO_PASSWORD } from '../src/demo/demo-people.ts';
import { type Demo, fillDemo } from '../src/demo/fill-demo.ts';
import type { AppRouter } from '../src/index.ts';
import { startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
let demo: Demo;

beforeAll(async () => {
  api = await startApi();
  demo = await fillDemo(api);
});
afterAll(() => api.stop());

/** A client of somebody who logged in with the password that is printed. */
async function logIn(email: string) {
  const response = await fetch(`${api.url}/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: DEMO_PASSWORD }),
  });
  expect(response.status).toBe(200);
  const authorization = `Bearer ${response.headers.get('set-auth-token')}`;
  const headers = { authorization, 'x-workspace-id': demo.workspaceId };
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${api.url}/trpc`, headers })] });
}

test('everybody who is printed can log in and has something to do', async () => {
  for (const { email, roles } of demo.people) {
    const { workspaces } = await (await logIn(email)).users.me.query({});
    expect(workspaces).toMatchObject([{ id: demo.workspaceId, roles }]);
  }
  const approver = demo.people.find(({ roles }) => roles[0] === 'APPROVER');
  const inbox = await (await logIn(approver?.email ?? '')).workflows.inbox.query({});
  expect(inbox.items.length).toBeGreaterThan(1);
  const revisions = inbox.items.map(({ submission }) => submission?.revisionNumber);
  expect(new Set(revisions)).toEqual(new Set([1, 2]));
  expect(inbox.items[0]).toMatchObject({
    vendorCode: 'ZTE',
    totalStages: 3,
    submission: { submissionNumber: expect.stringMatching(/^ATP-/) },
    parallelWith: [],
  });
});

test('has a submission in every state that lasts', async () => {
  const client = await logIn('docs@apms.example');
  const { items } = await client.submissions.list.query({});
  // APPROVED becomes COMPLETED at once when no item is open.
  const lasting = SubmissionStatus.options.filter((status) => status !== 'APPROVED');
  expect([...new Set(items.map(({ status }) => status))].toSorted()).toEqual(lasting.toSorted());
});

test('has punchlist items in every state, a revision after a rejection, and one that QA returned', async () => {
  const client = await logIn('docs@apms.example');
  for (const status of PunchlistItemStatus.options) {
    const { items } = await client.punchlists.listItems.query({ status });
    expect(items.length).toBeGreaterThan(0);
    for (const { raisedByName, evidenceDocumentName } of items) {
      expect(demo.people.map(({ name }) => name)).toContain(raisedByName);
      expect(evidenceDocumentName !== null).toBe(status !== 'OPEN');
    }
  }
  const { items } = await client.submissions.list.query({});
  expect(items.filter(({ revisionNumber }) => revisionNumber > 1)).toMatchObject([{ status: 'IN_REVIEW' }]);
  const drafts = items.filter(({ status }) => status === 'DRAFT');
  const histories = await Promise.all(
    drafts.map(async ({ id }) => (await client.submissions.get.query({ submissionId: id })).history),
  );
  expect(histories.flat().map(({ action }) => action)).toContain('submissions.returnQa');
});

test('has an override in force and one that waits, which its beneficiary did not ask for', async () => {
  const client = await logIn('config@apms.example');
  const inForce = await client.overrides.list.query({ inForce: true });
  expect(inForce.items).toMatchObject([
    {
      overrideType: 'SUBMISSION',
      approvalStatus: 'APPROVED',
      submissionNumber: expect.stringMatching(/^ATP-/),
      siteCode: expect.stringMatching(/^LKT-/),
      workflowId: null,
    },
  ]);
  const waiting = await client.overrides.list.query({ approvalStatus: 'PENDING' });
  expect(waiting.items).toMatchObject([
    { overrideType: 'CLUSTER', submissionNumber: null, siteCode: null, workflowId: null },
  ]);
});

test('has a next version that differs from the active one', async () => {
  const client = await logIn('config@apms.example');
  const { items } = await client.configVersions.list.query({});
  expect(items.map(({ status }) => status)).toEqual(['DRAFT', 'ACTIVE']);
  const [draft, active] = items;
  const { summary } = await client.configVersions.compare.query({
    fromVersionId: active?.id ?? '',
    toVersionId: draft?.id ?? '',
  });
  const changes = Object.fromEntries(summary.map(({ kind, ...counts }) => [kind, counts]));
  expect(changes).toMatchObject({
    clusters: { added: 0, removed: 1, changed: 3 },
    vendors: { added: 1, removed: 0, changed: 0 },
  });
});

test('has audits of some weeks, of which the latest is what the database is like', async () => {
  const client = await logIn('config@apms.example');
  const { items } = await client.integrityAudits.history.query({});
  expect(items[0]).toMatchObject({ origin: 'ON_DEMAND', health: 'HEALTHY', orphansTotal: '0' });
  expect(new Set(items.map(({ health }) => health))).toEqual(new Set(['HEALTHY', 'WARNING']));
});

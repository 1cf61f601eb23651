import { SubmissionStatus } from '@apms/validators';
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
});

test('has a submission in every state that lasts', async () => {
  const client = await logIn('docs@apms.example');
  const { items } = await client.submissions.list.query({});
  // APPROVED becomes COMPLETED at once when no item is open.
  const lasting = SubmissionStatus.options.filter((status) => status !== 'APPROVED');
  expect([...new Set(items.map(({ status }) => status))].toSorted()).toEqual(lasting.toSorted());
});

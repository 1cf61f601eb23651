import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { readEvents, type ServerEvent } from './support/read-events.ts';
import { startApi, type TestApi, type TestPerson } from './support/start-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

interface Subscription {
  readonly status: number;
  next(): Promise<ServerEvent | undefined>;
  leave(): void;
}

async function subscribe(
  headers: Readonly<Record<string, string>>,
  params?: Readonly<Record<string, string>>,
  url = api.url,
): Promise<Subscription> {
  const controller = new AbortController();
  const query = params === undefined ? '' : `?connectionParams=${encodeURIComponent(JSON.stringify(params))}`;
  const response = await fetch(`${url}/trpc/workflows.inboxChanges${query}`, {
    headers: { accept: 'text/event-stream', ...headers },
    signal: controller.signal,
  });
  const events = readEvents(response);
  return {
    status: response.status,
    next: async () => {
      for (;;) {
        const { value } = await events.next();
        if (value?.event !== 'ping') return value ?? undefined;
      }
    },
    leave: () => controller.abort(),
  };
}

const inWorkspace = (credentials: Readonly<Record<string, string>>) => ({
  ...credentials,
  'x-workspace-id': api.workspace.id,
});
const announce = (person: TestPerson) =>
  api.services.changes.publish({ kind: 'inbox', workspaceId: api.workspace.id, userIds: [person.userId] });

const Refused = z.object({ data: z.object({ appError: z.object({ code: z.string() }) }) });
const codeOf = (event: ServerEvent | undefined) =>
  Refused.parse(JSON.parse(event?.data ?? 'null')).data.appError.code;

async function expectChanges(subscription: Subscription, person: TestPerson): Promise<void> {
  expect(await subscription.next()).toMatchObject({ event: 'connected' });
  expect(await subscription.next()).toEqual({ event: 'message', data: '{"reason":"SUBSCRIBED"}' });
  await announce(person);
  expect(await subscription.next()).toEqual({ event: 'message', data: '{"reason":"CHANGED"}' });
}

test('by key, bearer, cookie, or what a browser can only send in the URL', async () => {
  const { APPROVER } = api.workspace.people;
  const { bearer, cookie } = await api.signIn(APPROVER);
  const workspace = { 'x-workspace-id': api.workspace.id };
  const key = await subscribe(inWorkspace(APPROVER.credentials));
  await expectChanges(key, APPROVER);
  key.leave();
  for (const [headers, params] of [
    [inWorkspace(bearer), undefined],
    [cookie, workspace],
    [{}, { ...workspace, ...bearer }],
    [{}, { ...workspace, ...APPROVER.credentials }],
  ] as const) {
    const subscription = await subscribe(headers, params);
    await expectChanges(subscription, APPROVER);
    subscription.leave();
  }
  await vi.waitFor(() => expect(api.services.changes.stats().subscribers).toBe(0));
});

test('nobody, no workspace and what is no parameter are refused as calls are', async () => {
  const { APPROVER, VIEWER } = api.workspace.people;
  const refusals = await Promise.all(
    [
      await subscribe({}),
      await subscribe(APPROVER.credentials),
      await subscribe(inWorkspace(VIEWER.credentials)),
    ].map(async (subscription) => {
      expect(await subscription.next()).toMatchObject({ event: 'connected' });
      const event = await subscription.next();
      expect(event?.event).toBe('serialized-error');
      return codeOf(event);
    }),
  );
  expect(refusals).toEqual(['UNAUTHENTICATED', 'WORKSPACE_REQUIRED', 'PERMISSION_DENIED']);
  const response = await fetch(`${api.url}/trpc/workflows.inboxChanges?connectionParams={"x":1}`);
  expect(response.status).toBe(400);
});

test('a change announced by another process arrives', async () => {
  const other = await startApi({}, { beside: api });
  const { APPROVER } = api.workspace.people;
  await vi.waitFor(() => expect(other.services.changes.isListening()).toBe(true));
  const subscription = await subscribe(inWorkspace(APPROVER.credentials), undefined, other.url);
  await expectChanges(subscription, APPROVER);
  await other.stop();
  expect(await subscription.next()).toBeUndefined();
});

test.each<[what: string, code: string, end: (person: TestPerson) => Promise<unknown>]>([
  [
    'the role is taken away',
    'WORKSPACE_NOT_FOUND',
    ({ userId }) => api.database.pool.query('delete from workspace_memberships where user_id = $1', [userId]),
  ],
  [
    'the account is suspended',
    'ACCOUNT_NOT_ACTIVE',
    ({ userId }) => api.database.pool.query(`update users set status = 'SUSPENDED' where id = $1`, [userId]),
  ],
  [
    'the key is deleted',
    'UNAUTHENTICATED',
    ({ userId }) => api.database.pool.query('delete from api_keys where reference_id = $1', [userId]),
  ],
])('it ends when %s', async (_what, code, end) => {
  const person = await api.createPerson(api.workspace.id, ['APPROVER']);
  const subscription = await subscribe(inWorkspace(person.credentials));
  await expectChanges(subscription, person);
  await end(person);
  const last = await subscription.next();
  expect(last?.event).toBe('serialized-error');
  expect(codeOf(last)).toBe(code);
  await vi.waitFor(() => expect(api.services.changes.stats().subscribers).toBe(0));
});

test('it ends with the session that it came with', async () => {
  const person = await api.createPerson(api.workspace.id, ['APPROVER']);
  const { bearer } = await api.signIn(person);
  const subscription = await subscribe(inWorkspace(bearer));
  await expectChanges(subscription, person);
  await fetch(`${api.url}/auth/sign-out`, {
    method: 'POST',
    headers: { ...bearer, 'content-type': 'application/json' },
    body: '{}',
  });
  expect(codeOf(await subscription.next())).toBe('UNAUTHENTICATED');
});

test('it goes on when somebody else’s access changes', async () => {
  const { APPROVER } = api.workspace.people;
  const subscription = await subscribe(inWorkspace(APPROVER.credentials));
  await expectChanges(subscription, APPROVER);
  await api.createPerson(api.workspace.id, ['VIEWER']);
  await announce(APPROVER);
  expect(await subscription.next()).toEqual({ event: 'message', data: '{"reason":"CHANGED"}' });
  subscription.leave();
});

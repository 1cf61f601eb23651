import { newId } from '@apms/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failureOf } from './support/failure-of.ts';
import { startApi, type TestApi, type TestClient, type TestPerson } from './support/start-api.ts';

let api: TestApi;
let admin: TestClient;
beforeAll(async () => {
  api = await startApi();
  admin = api.as(api.workspace.people.ADMIN);
});
afterAll(() => api.stop());

const UNAUTHENTICATED = { code: 'UNAUTHENTICATED' };

/** A new person who signed in. */
async function signedIn(): Promise<{
  person: TestPerson;
  client: TestClient;
  headers: Record<string, string>;
}> {
  const person = await api.createPerson(api.workspace.id, ['DOC_CONTROL']);
  const headers = { ...(await api.signIn(person)).bearer };
  return { person, headers, client: api.as(null, { workspaceId: api.workspace.id, headers }) };
}

/** A client with nothing but a key. */
function withKey(key: string | null, workspaceId = api.workspace.id): TestClient {
  return api.as(null, { workspaceId, headers: { 'x-api-key': key ?? '' } });
}

test('a key is its owner in the workspace it was made for, and nowhere else', async () => {
  const { person, client } = await signedIn();
  const elsewhere = await api.createWorkspace();
  await api.database.prisma.workspaceMembership.create({
    data: { workspaceId: elsewhere.id, userId: person.userId, role: 'ADMIN' },
  });
  const { key } = await client.apiKeys.create.mutate({ name: 'nightly export' });
  await withKey(key).sites.create.mutate({ siteCode: newId(), name: 'By a program' });
  expect(await failureOf(withKey(key, elsewhere.id).sites.list.query({}))).toEqual({
    code: 'WORKSPACE_NOT_FOUND',
    workspaceId: elsewhere.id,
  });
  const me = await withKey(key).users.me.query({});
  expect(me.workspaces.map(({ id }) => id)).toEqual([api.workspace.id]);
});

test('a key is shown once and not kept: neither in its row nor in the answer to a repetition', async () => {
  const { headers } = await signedIn();
  const once = api.as(null, {
    workspaceId: api.workspace.id,
    headers: { ...headers, 'idempotency-key': newId() },
  });
  const input = { name: 'once', expiresInDays: 1 };
  const answers = await Promise.all(Array.from({ length: 5 }, () => once.apiKeys.create.mutate(input)));
  const keys = answers.flatMap(({ key }) => (key === null ? [] : [key]));
  expect(keys).toHaveLength(1);
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  const [key = ''] = keys;
  expect(key).toMatch(/^apms_[\w-]{43}$/);
  const { prisma } = api.database;
  const kept = [
    await prisma.apiKey.findMany(),
    await prisma.idempotencyKey.findMany(),
    await prisma.auditEvent.findMany(),
  ];
  expect(
    JSON.stringify(kept, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)),
  ).not.toContain(key.slice(12));
});

test('a key cannot make keys, so that it ends', async () => {
  const { client } = await signedIn();
  const { key } = await client.apiKeys.create.mutate({ name: 'x' });
  expect(await failureOf(withKey(key).apiKeys.create.mutate({ name: 'y' }))).toEqual({
    code: 'SESSION_REQUIRED',
  });
});

test.each([{ name: '' }, { name: 'x', expiresInDays: 0 }, { name: 'x', expiresInDays: 366 }])(
  'refuses %j',
  async (input) => {
    const { client } = await signedIn();
    expect(await failureOf(client.apiKeys.create.mutate(input))).toEqual({ code: 'INPUT_INVALID' });
  },
);

test('a revoked key is none at once, with a warm cache too', async () => {
  const { client } = await signedIn();
  const { id: apiKeyId, key } = await client.apiKeys.create.mutate({ name: 'x' });
  for (let use = 0; use < 3; use += 1) await withKey(key).sites.list.query({});
  await client.apiKeys.revoke.mutate({ apiKeyId });
  expect(await failureOf(withKey(key).sites.list.query({}))).toEqual(UNAUTHENTICATED);
  expect(await failureOf(client.apiKeys.revoke.mutate({ apiKeyId }))).toMatchObject({
    code: 'ENTITY_NOT_FOUND',
    entity: 'apiKey',
  });
});

test('an expired, a disabled and a made-up key are none', async () => {
  const { client } = await signedIn();
  const expired = await client.apiKeys.create.mutate({ name: 'expired' });
  const disabled = await client.apiKeys.create.mutate({ name: 'disabled' });
  const { prisma } = api.database;
  await prisma.apiKey.update({ where: { id: expired.id }, data: { expiresAt: new Date(Date.now() - 1) } });
  await prisma.apiKey.update({ where: { id: disabled.id }, data: { enabled: false } });
  const stored = await prisma.apiKey.findUniqueOrThrow({ where: { id: expired.id } });
  for (const key of [expired.key, disabled.key, stored.key, 'apms_', "' or true --", '']) {
    expect(await failureOf(withKey(key).sites.list.query({}))).toEqual(UNAUTHENTICATED);
  }
});

test('the keys of a member who is removed end with the membership and do not come back with it', async () => {
  const { person, client } = await signedIn();
  const { userId } = person;
  const { key } = await client.apiKeys.create.mutate({ name: 'x' });
  await withKey(key).sites.list.query({});
  const { items } = await admin.memberships.list.query({ userId });
  await admin.memberships.revoke.mutate({ membershipId: items[0]?.id ?? '' });
  expect(await failureOf(withKey(key).sites.list.query({}))).toEqual(UNAUTHENTICATED);
  await admin.users.create.mutate({ email: person.email, name: 'Back', roles: ['DOC_CONTROL'] });
  expect(await failureOf(withKey(key).sites.list.query({}))).toEqual(UNAUTHENTICATED);
});

test('one lists and revokes one’s own; an ADMIN those of all members here, and of nobody elsewhere', async () => {
  const first = await signedIn();
  const second = await signedIn();
  const { id: apiKeyId } = await first.client.apiKeys.create.mutate({ name: 'of the first' });
  expect((await first.client.apiKeys.list.query({})).items).toMatchObject([
    { id: apiKeyId, lastUsedAt: null },
  ]);
  expect((await second.client.apiKeys.list.query({})).items).toEqual([]);
  expect(await failureOf(second.client.apiKeys.revoke.mutate({ apiKeyId }))).toMatchObject({
    code: 'ENTITY_NOT_FOUND',
  });
  expect(await failureOf(second.client.apiKeys.list.query({ owner: 'EVERYBODY' }))).toEqual({
    code: 'PERMISSION_DENIED',
    permission: 'members.manage',
  });
  const elsewhere = api.as((await api.createWorkspace()).people.ADMIN);
  expect((await elsewhere.apiKeys.list.query({ owner: 'EVERYBODY' })).items).toEqual([]);
  expect(await failureOf(elsewhere.apiKeys.revoke.mutate({ apiKeyId }))).toMatchObject({
    code: 'ENTITY_NOT_FOUND',
  });
  const all = await admin.apiKeys.list.query({ owner: 'EVERYBODY', limit: 200 });
  expect(all.items.map(({ id }) => id)).toContain(apiKeyId);
  await admin.apiKeys.revoke.mutate({ apiKeyId });
  expect((await first.client.apiKeys.list.query({})).items).toEqual([]);
});

test('its use is noted, not each time', async () => {
  const { client } = await signedIn();
  const { id, key } = await client.apiKeys.create.mutate({ name: 'x' });
  const usedAt = async () =>
    (await api.database.prisma.apiKey.findUniqueOrThrow({ where: { id } })).lastRequest?.getTime() ?? null;
  await withKey(key).sites.list.query({});
  await expect.poll(usedAt).not.toBeNull();
  const noted = await usedAt();
  api.services.accessCache.forget(null);
  await withKey(key).sites.list.query({});
  expect(await usedAt()).toBe(noted);
});

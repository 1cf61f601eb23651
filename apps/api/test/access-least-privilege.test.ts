import { newId } from '@apms/db';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failureOf } from './support/failure-of.ts';
import { PASSWORD } from './support/sign-in.ts';
import { startApi, type TestApi } from './support/start-api.ts';

const role = `api_login_${newId().replaceAll('-', '')}`;
let owner: TestApi;
/** A process that connects as in production: as a user with nothing but the API's roles. */
let api: TestApi;

async function asOwner(...statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: owner.testDatabase.url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

beforeAll(async () => {
  owner = await startApi();
  await asOwner(
    `create role ${role} login noinherit password 'secret'`,
    `grant apms_api, apms_jobs to ${role}`,
    `alter role ${role} set role = 'apms_api'`,
  );
  const url = new URL(owner.testDatabase.url);
  url.username = role;
  url.password = 'secret';
  // Its people are made by the owner; it only serves them.
  api = await startApi({}, { beside: owner, connectionString: url.href });
});
afterAll(async () => {
  await api.stop();
  await asOwner(`drop owned by ${role}`, `drop role ${role}`);
  await owner.stop();
});

test('a process with nothing but the API’s roles is ready', async () => {
  const response = await fetch(`${api.url}/readyz`);
  expect(await response.json()).toMatchObject({ status: 'ok', checks: { database: true, migrations: true } });
});

test('everything about accounts works for a user with the API’s roles alone', async () => {
  const { people, id: workspaceId } = owner.workspace;
  const session = await api.signIn(people.ADMIN);
  const admin = api.as(null, { workspaceId, headers: session.bearer });
  const me = await admin.users.me.query({});
  expect(me.workspaces).toMatchObject([{ id: workspaceId, roles: ['ADMIN'] }]);

  const email = `${newId()}@new.example`;
  const { id: userId, invitationSent } = await admin.users.create.mutate({
    email,
    name: 'New',
    roles: ['VIEWER'],
  });
  expect(invitationSent).toBe(true);
  const token = /#token=(\S+)/.exec(api.mails.findLast(({ to }) => to === email)?.text ?? '')?.[1];
  const post = (path: string, body: unknown) =>
    fetch(`${api.url}/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  expect((await post('reset-password', { token, newPassword: PASSWORD })).status).toBe(200);
  const signedIn = await post('sign-in/email', { email, password: PASSWORD });
  const headers = { authorization: `Bearer ${signedIn.headers.get('set-auth-token') ?? ''}` };
  const member = api.as(null, { workspaceId, headers });
  await member.users.list.query({});

  const { key, id: apiKeyId } = await member.apiKeys.create.mutate({ name: 'x' });
  const program = api.as(null, { workspaceId, headers: { 'x-api-key': key ?? '' } });
  expect((await program.users.me.query({})).id).toBe(userId);
  await admin.apiKeys.revoke.mutate({ apiKeyId });
  expect(await failureOf(program.users.me.query({}))).toEqual({ code: 'UNAUTHENTICATED' });

  await admin.users.setStatus.mutate({ userId, status: 'SUSPENDED', reason: 'x' });
  expect(await failureOf(member.users.me.query({}))).toEqual({ code: 'UNAUTHENTICATED' });
  const { items } = await admin.memberships.list.query({ userId });
  await admin.memberships.revoke.mutate({ membershipId: items[0]?.id ?? '' });
});

test('an account of another workspace cannot be seen or changed', async () => {
  const elsewhere = await owner.createWorkspace();
  const { workspace } = owner;
  const admin = api.as(workspace.people.ADMIN, { workspaceId: workspace.id });
  const { userId } = elsewhere.people.VIEWER;
  expect(await failureOf(admin.users.get.query({ userId }))).toMatchObject({ code: 'ENTITY_NOT_FOUND' });
  await admin.users.create.mutate({ email: elsewhere.people.VIEWER.email, name: 'x', roles: ['VIEWER'] });
  const suspend = { userId, status: 'SUSPENDED', reason: 'x' } as const;
  expect(await failureOf(admin.users.setStatus.mutate(suspend))).toEqual({ code: 'ACCOUNT_SHARED', userId });
});

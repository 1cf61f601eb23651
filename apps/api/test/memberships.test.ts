import { newId } from '@apms/db';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failureOf } from './support/failure-of.ts';
import { startApi, type TestApi, type TestClient } from './support/start-api.ts';

let api: TestApi;
let admin: TestClient;

beforeAll(async () => {
  api = await startApi();
  admin = api.as(api.workspace.people.ADMIN);
});
afterAll(() => api.stop());

/** The membership of a person with one role. */
async function membershipOf(userId: string, client = admin): Promise<string> {
  const { items } = await client.memberships.list.query({ userId });
  return items[0]?.id ?? '';
}

describe('grant and revoke', () => {
  test('change what a person may do at once', async () => {
    const person = await api.createPerson(api.workspace.id, ['VIEWER']);
    const { userId } = person;
    const client = api.as(person);
    const create = () => client.sites.create.mutate({ siteCode: newId(), name: 'A site' });
    expect(await failureOf(create())).toMatchObject({ code: 'PERMISSION_DENIED' });

    const granted = await admin.memberships.grant.mutate({ userId, role: 'DOC_CONTROL' });
    expect(granted).toMatchObject({ userId, role: 'DOC_CONTROL', email: person.email });
    await create();

    await admin.memberships.revoke.mutate({ membershipId: granted.id });
    expect(await failureOf(create())).toMatchObject({ code: 'PERMISSION_DENIED' });
    await admin.memberships.revoke.mutate({ membershipId: await membershipOf(userId) });
    expect(await failureOf(create())).toMatchObject({ code: 'WORKSPACE_NOT_FOUND' });
    const actions = await api.database.prisma.auditEvent.findMany({
      where: { details: { path: ['userId'], equals: userId } },
      orderBy: { id: 'asc' },
    });
    expect(actions.map(({ action }) => action)).toEqual([
      'memberships.grant',
      'memberships.revoke',
      'memberships.revoke',
    ]);
  });

  test('refuse a role twice, and one that is no role', async () => {
    const { userId } = api.workspace.people.VENDOR;
    expect(await failureOf(admin.memberships.grant.mutate({ userId, role: 'VENDOR' }))).toMatchObject({
      code: 'ENTITY_DUPLICATE',
    });
    const response = await fetch(`${api.url}/trpc/memberships.grant`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-workspace-id': api.workspace.id,
        ...api.workspace.people.ADMIN.credentials,
      },
      body: JSON.stringify({ userId, role: "ADMIN' or true --" }),
    });
    expect(response.status).toBe(400);
  });

  test('know nobody and nothing of another workspace', async () => {
    const elsewhere = await api.createWorkspace();
    const { userId } = elsewhere.people.VIEWER;
    expect(await failureOf(admin.memberships.grant.mutate({ userId, role: 'ADMIN' }))).toMatchObject({
      code: 'ENTITY_NOT_FOUND',
      entity: 'user',
    });
    const membershipId = await membershipOf(userId, api.as(elsewhere.people.ADMIN));
    expect(await failureOf(admin.memberships.revoke.mutate({ membershipId }))).toEqual({
      code: 'ENTITY_NOT_FOUND',
      entity: 'membership',
      id: membershipId,
    });
    expect((await admin.memberships.list.query({ userId })).items).toEqual([]);
  });

  test('of somebody who works elsewhere too leave that as it is', async () => {
    const person = await api.createPerson(api.workspace.id, ['VIEWER']);
    const elsewhere = await api.createWorkspace();
    const { userId } = person;
    await api.database.prisma.workspaceMembership.create({
      data: { workspaceId: elsewhere.id, userId, role: 'VIEWER' },
    });
    await admin.memberships.revoke.mutate({ membershipId: await membershipOf(userId) });
    const there = api.as(person, { workspaceId: elsewhere.id });
    expect((await there.sites.list.query({})).items).toEqual([]);
  });
});

describe('the last ADMIN', () => {
  test('cannot be removed', async () => {
    const { people } = await api.createWorkspace();
    const { userId } = people.ADMIN;
    const client = api.as(people.ADMIN);
    const membershipId = await membershipOf(userId, client);
    expect(await failureOf(client.memberships.revoke.mutate({ membershipId }))).toEqual({
      code: 'MEMBERSHIP_LAST_ADMIN',
      userId,
    });
    await client.sites.list.query({});
  });

  test('remains when two are removed at once, again and again', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id, people } = await api.createWorkspace();
      const second = await api.createPerson(id, ['ADMIN']);
      const client = api.as(people.ADMIN);
      const ids = await Promise.all([
        membershipOf(people.ADMIN.userId, client),
        membershipOf(second.userId, client),
      ]);
      await Promise.allSettled(
        ids.map((membershipId) => api.as(second).memberships.revoke.mutate({ membershipId })),
      );
      const left = await api.database.prisma.workspaceMembership.count({
        where: { workspaceId: id, role: 'ADMIN' },
      });
      expect(left).toBe(1);
    }
  });

  test('is one who can act: a PENDING one does not count', async () => {
    const { people } = await api.createWorkspace();
    const client = api.as(people.ADMIN);
    await client.users.create.mutate({ email: `${newId()}@new.example`, name: 'New', roles: ['ADMIN'] });
    const membershipId = await membershipOf(people.ADMIN.userId, client);
    expect(await failureOf(client.memberships.revoke.mutate({ membershipId }))).toMatchObject({
      code: 'MEMBERSHIP_LAST_ADMIN',
    });
  });
});

test('list pages through all memberships, filtered by role', async () => {
  const { items } = await admin.memberships.list.query({ role: 'QA_ENGINEER' });
  expect(items.map(({ userId }) => userId)).toEqual([api.workspace.people.QA_ENGINEER.userId]);
  const first = await admin.memberships.list.query({ limit: 3 });
  expect(first.items).toHaveLength(3);
  const second = await admin.memberships.list.query({ limit: 200, cursor: first.nextCursor ?? '' });
  const seen = [...first.items, ...second.items].map(({ id }) => id);
  expect(new Set(seen).size).toBe(seen.length);
});

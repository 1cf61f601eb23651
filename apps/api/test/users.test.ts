import { newId } from '@apms/db';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { activateConfiguration, defaultChains } from './support/configuration.ts';
import { failureOf } from './support/failure-of.ts';
import { insertPerson } from './support/insert-person.ts';
import { startApi, type TestApi, type TestClient, type TestPerson } from './support/start-api.ts';

let api: TestApi;
let admin: TestClient;

beforeAll(async () => {
  api = await startApi();
  admin = api.as(api.workspace.people.ADMIN);
});
afterAll(() => api.stop());

const newEmail = () => `${newId()}@new.example`;
const newUser = () => ({ email: newEmail(), name: 'Siti Rahma', roles: ['VIEWER' as const] });
const viewer = () => api.createPerson(api.workspace.id, ['VIEWER']);
const mailsTo = (email: string) => api.mails.filter(({ to }) => to === email);

/** Makes the person a member of another workspace too. */
async function alsoElsewhere({ userId }: TestPerson): Promise<void> {
  const { id: workspaceId } = await api.createWorkspace();
  await api.database.prisma.workspaceMembership.create({ data: { workspaceId, userId, role: 'VIEWER' } });
}

describe('me', () => {
  test('tells who one is and what one may do where', async () => {
    const { DOC_CONTROL } = api.workspace.people;
    const me = await api.as(DOC_CONTROL, { workspaceId: null }).users.me.query({});
    expect(me).toMatchObject({ id: DOC_CONTROL.userId, email: DOC_CONTROL.email });
    expect(me.workspaces).toMatchObject([{ id: api.workspace.id, roles: ['DOC_CONTROL'] }]);
    expect(me.workspaces[0]?.permissions).toContain('sites.write');
    expect(me.workspaces[0]?.permissions).not.toContain('members.manage');
  });

  test('leaves out a workspace that is not active any more', async () => {
    const closed = await api.createWorkspace();
    await api.database.prisma.workspace.update({ where: { id: closed.id }, data: { isActive: false } });
    const client = api.as(closed.people.ADMIN);
    expect(await failureOf(client.sites.list.query({}))).toMatchObject({ code: 'WORKSPACE_NOT_FOUND' });
    expect((await client.users.me.query({})).workspaces).toEqual([]);
  });
});

describe('updateMe', () => {
  test('changes what one says of oneself, everywhere at once, and leaves an event of no workspace', async () => {
    const person = await api.createPerson(api.workspace.id, ['VENDOR']);
    await alsoElsewhere(person);
    const client = api.as(person, { workspaceId: null });
    const me = await client.users.updateMe.mutate({ name: ' Siti “Ani” 👷 ', phone: '+62 812-345' });
    expect(me).toMatchObject({ id: person.userId, name: 'Siti “Ani” 👷', phone: '+62 812-345' });
    expect(await client.users.me.query({})).toEqual(me);
    expect(await client.users.updateMe.mutate({ phone: null })).toEqual({ ...me, phone: null });
    const events = await api.database.prisma.auditEvent.findMany({
      where: { entityId: person.userId, action: 'users.updateMe' },
      orderBy: { id: 'asc' },
    });
    expect(events).toMatchObject([
      { workspaceId: null, actorId: person.userId, details: { phone: '+62 812-345' } },
      { details: { phone: null } },
    ]);
  });

  test('refuses what is no name or phone, and changes nobody else', async () => {
    const person = await api.createPerson(api.workspace.id, ['VENDOR']);
    const client = api.as(person);
    for (const input of [{ name: '' }, { name: 'a\nb' }, { name: 'x'.repeat(201) }, { phone: 'call me' }]) {
      expect(await failureOf(client.users.updateMe.mutate(input))).toEqual({ code: 'INPUT_INVALID' });
    }
    const { userId } = api.workspace.people.VIEWER;
    const before = await admin.users.get.query({ userId });
    await client.users.updateMe.mutate(Object.assign({ name: 'Mine' }, { userId }));
    expect(await admin.users.get.query({ userId })).toEqual(before);
    expect(await failureOf(api.as(null).users.updateMe.mutate({ name: 'x' }))).toEqual({
      code: 'UNAUTHENTICATED',
    });
  });
});

describe('list and get', () => {
  test('show the people of this workspace and nobody else', async () => {
    const elsewhere = await api.createWorkspace();
    const { items } = await admin.users.list.query({ limit: 200 });
    const ids = items.map(({ id }) => id);
    for (const { userId } of Object.values(api.workspace.people)) expect(ids).toContain(userId);
    for (const { userId } of Object.values(elsewhere.people)) expect(ids).not.toContain(userId);
    const { userId } = elsewhere.people.VIEWER;
    expect(await failureOf(admin.users.get.query({ userId }))).toEqual({
      code: 'ENTITY_NOT_FOUND',
      entity: 'user',
      id: userId,
    });
    expect((await admin.users.get.query(api.workspace.people.VENDOR)).roles).toEqual(['VENDOR']);
  });

  test('know people who are only named in the configuration, whom two workspaces then share', async () => {
    const { id, people } = await api.createWorkspace();
    const named = await insertPerson(api.database, id, []);
    const workspace = { id, people };
    const roster = { RTS: [named], RTH: [named], NOC_HEAD: [named] };
    await activateConfiguration(
      { database: api.database, workspace },
      { roster, chains: { RAN: defaultChains.RAN } },
    );
    const client = api.as(people.ADMIN);
    const { userId } = named;
    expect(await client.users.get.query({ userId })).toMatchObject({ id: userId, roles: [] });
    const { items } = await client.users.list.query({ limit: 200 });
    expect(items.filter((user) => user.id === userId)).toHaveLength(1);
    expect(await client.users.update.mutate({ userId, name: 'Named' })).toMatchObject({ name: 'Named' });
    await admin.users.create.mutate({ email: named.email, name: 'x', roles: ['VIEWER'] });
    const shared = { code: 'ACCOUNT_SHARED', userId };
    expect(await failureOf(client.users.update.mutate({ userId, name: 'x' }))).toEqual(shared);
    expect(await failureOf(admin.users.update.mutate({ userId, name: 'x' }))).toEqual(shared);
  });

  test('filter by part of a name or e-mail, by status and role, page by page', async () => {
    const marker = newId();
    for (const number of [2, 1, 3]) {
      await admin.users.create.mutate({ ...newUser(), name: `${marker} 100%_${number}` });
    }
    const first = await admin.users.list.query({ search: marker, limit: 2 });
    expect(first.items.map(({ name }) => name.at(-1))).toEqual(['1', '2']);
    const cursor = first.nextCursor ?? '';
    const second = await admin.users.list.query({ search: marker, limit: 2, cursor });
    expect(second).toMatchObject({ items: [{ name: `${marker} 100%_3` }], nextCursor: null });
    expect((await admin.users.list.query({ search: marker, status: 'ACTIVE' })).items).toEqual([]);
    expect((await admin.users.list.query({ search: marker, role: 'ADMIN' })).items).toEqual([]);
    expect((await admin.users.list.query({ search: "'; drop table users; --" })).items).toEqual([]);
  });
});

describe('create', () => {
  test('makes an account, mails a link that makes it usable, and tells the administrator no secret', async () => {
    const input = { ...newUser(), phone: '+62 812-3456', roles: ['VIEWER', 'APPROVER'] as const };
    const user = await admin.users.create.mutate({ ...input, roles: [...input.roles] });
    expect(user).toMatchObject({ status: 'PENDING', invitationSent: true, roles: ['APPROVER', 'VIEWER'] });
    const [mail, ...others] = mailsTo(input.email);
    expect(others).toEqual([]);
    const token = /#token=(\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
    expect(JSON.stringify(user)).not.toContain(token);
    const response = await fetch(`${api.url}/auth/reset-password`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, newPassword: 'my very first password' }),
    });
    expect(response.status).toBe(200);
    expect((await admin.users.get.query({ userId: user.id })).status).toBe('ACTIVE');
  });

  test('gives somebody who has an account a membership and leaves the account as it is', async () => {
    const { people } = await api.createWorkspace();
    const { userId, email } = people.QA_ENGINEER;
    const added = await admin.users.create.mutate({
      ...newUser(),
      email: email.toUpperCase(),
      name: 'Another name',
    });
    expect(added).toMatchObject({ id: userId, email, status: 'ACTIVE', roles: ['VIEWER'] });
    expect(added).toMatchObject({ name: 'QA_ENGINEER', invitationSent: false });
    expect(mailsTo(email)).toEqual([]);
  });

  test('makes one account for simultaneous calls with one e-mail', async () => {
    const input = newUser();
    const users = await Promise.all(Array.from({ length: 10 }, () => admin.users.create.mutate(input)));
    expect(new Set(users.map(({ id }) => id)).size).toBe(1);
    expect(users[0]?.roles).toEqual(['VIEWER']);
  });

  test('happens and mails once for simultaneous calls with one key', async () => {
    const input = newUser();
    const once = api.as(api.workspace.people.ADMIN, { headers: { 'idempotency-key': newId() } });
    const users = await Promise.all(Array.from({ length: 5 }, () => once.users.create.mutate(input)));
    expect(users.filter(({ invitationSent }) => invitationSent)).toHaveLength(1);
    expect(mailsTo(input.email)).toHaveLength(1);
  });

  test.each([
    'a@b.example\r\nBcc: c@d.example',
    'a@b.example, c@d.example',
    '<a@b.example>',
    '"a b"@c.example',
    'а@cyrillic.example',
    'a@ехample.com',
    "' or 1=1 --",
    'a\u0000@b.example',
    '',
  ])('refuses the e-mail %j', async (email) => {
    const failure = await failureOf(admin.users.create.mutate({ ...newUser(), email }));
    expect(failure).toEqual({ code: 'INPUT_INVALID' });
  });

  test.each([{ name: 'A\r\nBcc: x@y.example' }, { name: ' ' }, { roles: [] }, { phone: 'call me' }])(
    'refuses %j',
    async (wrong) => {
      const failure = await failureOf(admin.users.create.mutate({ ...newUser(), ...wrong }));
      expect(failure).toEqual({ code: 'INPUT_INVALID' });
    },
  );

  test('holds when no mail can be sent, and says so; the link can be sent again', async () => {
    const { passwordLinks } = api.services;
    const invite = async () => {
      throw new Error('no SMTP server');
    };
    const mute = await startApi({ passwordLinks: { ...passwordLinks, invite } }, { beside: api });
    try {
      const person = await mute.createPerson(api.workspace.id, ['ADMIN']);
      const input = newUser();
      const { id, invitationSent } = await mute.as(person).users.create.mutate(input);
      expect(invitationSent).toBe(false);
      expect(await admin.users.resendInvitation.mutate({ userId: id })).toMatchObject({
        invitationSent: true,
      });
      expect(mailsTo(input.email)).toHaveLength(1);
    } finally {
      await mute.stop();
    }
  });
});

test('resendInvitation makes the former link void, and is for PENDING members only', async () => {
  const input = newUser();
  const { id: userId } = await admin.users.create.mutate(input);
  await admin.users.resendInvitation.mutate({ userId });
  const statuses: number[] = [];
  for (const { text } of mailsTo(input.email)) {
    const token = /#token=(\S+)/.exec(text)?.[1];
    const response = await fetch(`${api.url}/auth/reset-password`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, newPassword: 'my very first password' }),
    });
    statuses.push(response.status);
  }
  expect(statuses).toEqual([400, 200]);
  expect(await failureOf(admin.users.resendInvitation.mutate({ userId }))).toMatchObject({
    code: 'TRANSITION_ILLEGAL',
    from: 'ACTIVE',
  });
});

describe('update', () => {
  test('changes what is given and nothing else', async () => {
    const { userId } = await viewer();
    const changed = await admin.users.update.mutate({ userId, phone: '0812 3456' });
    expect(changed).toMatchObject({ name: 'VIEWER', phone: '0812 3456' });
    expect(await admin.users.update.mutate({ userId, name: "Robert'); --" })).toMatchObject({
      name: "Robert'); --",
      phone: '0812 3456',
    });
  });

  test('is refused for an account that another workspace knows too', async () => {
    const person = await viewer();
    await alsoElsewhere(person);
    const shared = { code: 'ACCOUNT_SHARED', userId: person.userId };
    const { userId } = person;
    expect(await failureOf(admin.users.update.mutate({ userId, name: 'x' }))).toEqual(shared);
    const suspend = { userId, status: 'SUSPENDED', reason: 'x' } as const;
    expect(await failureOf(admin.users.setStatus.mutate(suspend))).toEqual(shared);
  });

  test('is refused for somebody of another workspace', async () => {
    const { people } = await api.createWorkspace();
    const { userId } = people.VIEWER;
    const suspend = { userId, status: 'SUSPENDED', reason: 'x' } as const;
    const unknown = { code: 'ENTITY_NOT_FOUND', entity: 'user', id: userId };
    expect(await failureOf(admin.users.update.mutate({ userId, name: 'x' }))).toEqual(unknown);
    expect(await failureOf(admin.users.setStatus.mutate(suspend))).toEqual(unknown);
    expect(await failureOf(admin.users.resendInvitation.mutate({ userId }))).toEqual(unknown);
  });
});

describe('setStatus', () => {
  test('takes effect at once, on keys and sessions, with a warm cache, here and in another process', async () => {
    const other = await startApi({}, { beside: api });
    try {
      const person = await viewer();
      const session = await api.signIn(person);
      const workspaceId = api.workspace.id;
      const here = api.as(person);
      const there = other.as(person, { workspaceId });
      const bySession = api.as(null, { workspaceId, headers: session.bearer });
      for (const client of [here, there, bySession, here, there]) await client.sites.list.query({});

      const { userId } = person;
      await admin.users.setStatus.mutate({ userId, status: 'SUSPENDED', reason: 'left the company' });
      const suspended = { code: 'ACCOUNT_NOT_ACTIVE', status: 'SUSPENDED' };
      expect(await failureOf(here.sites.list.query({}))).toEqual(suspended);
      expect(await failureOf(bySession.sites.list.query({}))).toEqual({ code: 'UNAUTHENTICATED' });
      await expect.poll(() => failureOf(there.sites.list.query({})).catch(() => null)).toEqual(suspended);

      await admin.users.setStatus.mutate({ userId, status: 'ACTIVE', reason: 'came back' });
      await here.sites.list.query({});
      expect(await failureOf(bySession.sites.list.query({}))).toEqual({ code: 'UNAUTHENTICATED' });
    } finally {
      await other.stop();
    }
  });

  test('records the reason, refuses to go without one and what cannot follow', async () => {
    const { userId } = await viewer();
    const set = admin.users.setStatus.mutate;
    await set({ userId, status: 'INACTIVE', reason: 'on leave' });
    const events = await api.database.prisma.auditEvent.findMany({ where: { entityId: userId } });
    expect(events).toMatchObject([
      { action: 'users.setStatus', details: { from: 'ACTIVE', to: 'INACTIVE', reason: 'on leave' } },
    ]);
    expect(await failureOf(set({ userId, status: 'SUSPENDED', reason: 'x' }))).toEqual({
      code: 'TRANSITION_ILLEGAL',
      entity: 'user',
      id: userId,
      from: 'INACTIVE',
      action: 'becoming SUSPENDED',
    });
    expect(await failureOf(set({ userId, status: 'ACTIVE', reason: ' ' }))).toEqual({
      code: 'INPUT_INVALID',
    });
  });

  test('leaves the workspace an administrator, also when two suspend each other', async () => {
    const { id, people } = await api.createWorkspace();
    const second = await api.createPerson(id, ['ADMIN']);
    const clients = [api.as(people.ADMIN), api.as(second)] as const;
    const results = await Promise.allSettled([
      clients[0].users.setStatus.mutate({ userId: second.userId, status: 'SUSPENDED', reason: 'x' }),
      clients[1].users.setStatus.mutate({ userId: people.ADMIN.userId, status: 'SUSPENDED', reason: 'x' }),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const active = await api.database.prisma.user.count({
      where: { status: 'ACTIVE', id: { in: [people.ADMIN.userId, second.userId] } },
    });
    expect(active).toBe(1);
  });
});

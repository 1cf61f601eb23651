import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AuthRequests, aMoment, authRequests } from './support/auth-requests.ts';
import { insertPerson } from './support/insert-person.ts';
import { PASSWORD, setPassword } from './support/sign-in.ts';
import { API_URL, APP_URL, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
let requests: AuthRequests;
beforeAll(async () => {
  api = await startApi();
  requests = authRequests(api);
});
afterAll(() => api.stop());

const newPerson = () => insertPerson(api.database, api.workspace.id, ['VIEWER']);
const post: AuthRequests['post'] = (...request) => requests.post(...request);
const call: AuthRequests['call'] = (...request) => requests.call(...request);
const mailedToken: AuthRequests['mailedToken'] = (email) => requests.mailedToken(email);

describe('a password', () => {
  test('is changed by whoever knows it; other sessions end when that is asked for', async () => {
    const person = await newPerson();
    const first = await api.signIn(person);
    const second = await api.signIn(person);
    const change = (currentPassword: string) =>
      post(
        'change-password',
        { currentPassword, newPassword: 'another long password', revokeOtherSessions: true },
        second.bearer,
      );
    expect((await change('a wrong guess!!')).status).toBe(400);
    expect(await call(first.bearer)).toBe(200);
    expect((await change(PASSWORD)).status).toBe(200);
    expect(await call(first.bearer)).toBe(401);
    expect((await post('sign-in/email', { email: person.email, password: PASSWORD })).status).toBe(401);
  });

  test('is set by the link of a mail, once; the sessions before it end', async () => {
    const person = await newPerson();
    const before = await api.signIn(person);
    expect((await post('request-password-reset', { email: person.email })).status).toBe(200);
    await expect.poll(() => mailedToken(person.email)).not.toBe('');
    const token = mailedToken(person.email);
    const short = await post('reset-password', { token, newPassword: 'short' });
    expect(short.status).toBe(400);
    const attempts = await Promise.all(
      Array.from({ length: 5 }, (_, index) =>
        post('reset-password', { token, newPassword: `a new long password ${index}` }),
      ),
    );
    expect(attempts.map(({ status }) => status).toSorted()).toEqual([200, 400, 400, 400, 400]);
    expect(await call(before.bearer)).toBe(401);
    expect((await post('sign-in/email', { email: person.email, password: PASSWORD })).status).toBe(401);
  });

  test('leaves an event of no workspace when it is changed or set, and none when it is not', async () => {
    const person = await newPerson();
    const { bearer } = await api.signIn(person);
    const newPassword = 'another long password';
    await post('change-password', { currentPassword: 'a wrong guess!!', newPassword }, bearer);
    await post('change-password', { currentPassword: PASSWORD, newPassword }, bearer);
    const link = await api.services.passwordLinks.createInvitation(person.userId);
    for (const token of ['x', link.split('#token=')[1]]) await post('reset-password', { token, newPassword });
    const events = await api.database.prisma.auditEvent.findMany({
      where: { entityId: person.userId },
      orderBy: { id: 'asc' },
    });
    expect(events.map(({ action }) => action)).toEqual([
      'auth.signIn',
      'auth.changePassword',
      'auth.resetPassword',
    ]);
    expect(events.map(({ actorId, workspaceId }) => [actorId, workspaceId])).toEqual(
      events.map(() => [person.userId, null]),
    );
    expect(JSON.stringify(events)).not.toContain(newPassword);
  });

  test('is not kept in a readable form, neither is the link', async () => {
    const person = await newPerson();
    await setPassword(api.database, person);
    await post('request-password-reset', { email: person.email });
    await expect.poll(() => mailedToken(person.email)).not.toBe('');
    const kept = await api.database.prisma.verification.findMany({ where: { value: person.userId } });
    expect(JSON.stringify(kept)).not.toContain(mailedToken(person.email));
    const account = await api.database.prisma.account.findFirstOrThrow({ where: { userId: person.userId } });
    expect(account.password).not.toContain(PASSWORD);
  });

  test('is mailed to nobody who is unknown, not yet invited or suspended; the answer is the same', async () => {
    const pending = await newPerson();
    const suspended = await newPerson();
    const { prisma } = api.database;
    await prisma.user.update({ where: { id: pending.userId }, data: { status: 'PENDING' } });
    await prisma.user.update({ where: { id: suspended.userId }, data: { status: 'SUSPENDED' } });
    const emails = ['nobody@people.example', pending.email, suspended.email];
    for (const email of emails) expect((await post('request-password-reset', { email })).status).toBe(200);
    await aMoment();
    expect(api.mails.filter(({ to }) => emails.includes(to))).toEqual([]);
  });

  test('the first one, by an invitation, makes the account active', async () => {
    const person = await newPerson();
    const { prisma } = api.database;
    await prisma.user.update({ where: { id: person.userId }, data: { status: 'PENDING' } });
    await api.services.passwordLinks.invite({ ...person, name: 'New' });
    const newPassword = 'my very first password';
    expect((await post('reset-password', { token: mailedToken(person.email), newPassword })).status).toBe(
      200,
    );
    expect((await post('sign-in/email', { email: person.email, password: newPassword })).status).toBe(200);
  });

  test('a link makes no suspended account active', async () => {
    const person = await newPerson();
    await api.services.passwordLinks.invite({ ...person, name: 'Gone' });
    await api.database.prisma.user.update({ where: { id: person.userId }, data: { status: 'SUSPENDED' } });
    const newPassword = 'my very first password';
    await post('reset-password', { token: mailedToken(person.email), newPassword });
    expect((await post('sign-in/email', { email: person.email, password: newPassword })).status).toBe(403);
    const user = await api.database.prisma.user.findUniqueOrThrow({ where: { id: person.userId } });
    expect(user.status).toBe('SUSPENDED');
  });
});

describe('the page for passwords', () => {
  test('is where the links lead, and loads nothing from anywhere', async () => {
    const link = new URL(await api.services.passwordLinks.createInvitation((await newPerson()).userId));
    expect(link.origin).toBe(API_URL);
    const response = await fetch(`${api.url}${link.pathname}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch('text/html');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'none'.*script-src 'sha256-/);
    const page = await response.text();
    expect(page).toContain(`<a href="${APP_URL}/sign-in" hidden>`);
    for (const element of ['script', 'style']) {
      const text = new RegExp(`<${element}>(.*)</${element}>`, 's').exec(page)?.[1] ?? '';
      const hash = createHash('sha256').update(text).digest('base64');
      expect(policy).toContain(`${element}-src 'sha256-${hash}'`);
    }
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AuthRequests, authRequests } from './support/auth-requests.ts';
import { insertPerson } from './support/insert-person.ts';
import { PASSWORD, setPassword } from './support/sign-in.ts';
import { APP_URL, startApi, type TestApi } from './support/start-api.ts';

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

describe('signing in', () => {
  test('gives a cookie and a token that both work until signing out', async () => {
    const session = await api.signIn(await newPerson());
    expect([await call(session.cookie), await call(session.bearer)]).toEqual([200, 200]);
    const out = await post('sign-out', {}, { ...session.cookie, origin: APP_URL });
    expect(out.status).toBe(200);
    expect([await call(session.cookie), await call(session.bearer)]).toEqual([401, 401]);
  });

  test('the cookie is for this site only and not for scripts', async () => {
    const person = await newPerson();
    await setPassword(api.database, person);
    const response = await post('sign-in/email', { email: person.email, password: PASSWORD });
    const [cookie] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^apms\.session_token=/);
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=Lax/i);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('over https the cookie is secure', async () => {
    const secure = await startApi({}, { beside: api, apiUrl: 'https://api.apms.example' });
    try {
      const person = await newPerson();
      await setPassword(api.database, person);
      const response = await post(
        'sign-in/email',
        { email: person.email, password: PASSWORD },
        {},
        secure.url,
      );
      expect(response.headers.getSetCookie()[0]).toMatch(/^__Secure-apms\.session_token=.*; Secure/i);
    } finally {
      await secure.stop();
    }
  });

  test('answers the same for an unknown e-mail, a wrong password and a person without one', async () => {
    const known = await newPerson();
    await setPassword(api.database, known);
    const without = await newPerson();
    const answers = await Promise.all(
      [known.email, without.email, 'nobody@people.example'].map(async (email) => {
        const response = await post('sign-in/email', { email, password: 'wrong password!!' });
        return { status: response.status, body: await response.text() };
      }),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.status).toBe(401);
  });

  test('knows an e-mail whatever its case, and none that only looks alike', async () => {
    const person = await newPerson();
    await setPassword(api.database, person);
    const attempt = async (email: string) =>
      (await post('sign-in/email', { email, password: PASSWORD })).status;
    expect(await attempt(person.email.toUpperCase())).toBe(200);
    expect(await attempt(person.email.replace('people', 'pеople'))).toBe(400);
    expect(await attempt(`${person.email}\r\nBcc: other@people.example`)).toBe(400);
    expect(await attempt(`' or '1'='1`)).toBe(400);
    expect(await attempt(`%@people.example`)).toBeGreaterThanOrEqual(400);
  });

  test('is refused to accounts that are not active', async () => {
    for (const status of ['PENDING', 'INACTIVE', 'SUSPENDED']) {
      const person = await newPerson();
      await setPassword(api.database, person);
      await api.database.prisma.user.update({ where: { id: person.userId }, data: { status } });
      const response = await post('sign-in/email', { email: person.email, password: PASSWORD });
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ code: 'ACCOUNT_NOT_ACTIVE' });
      expect(response.headers.getSetCookie()).toEqual([]);
    }
  });

  test('is limited by the address that the server sees, whatever a request claims', async () => {
    const limited = await startApi({}, { beside: api, signInsPerAddress: 3 });
    try {
      const statuses: number[] = [];
      let retryAfter: string | null = null;
      for (let attempt = 0; attempt < 5; attempt += 1) {
        const claimed = {
          'x-forwarded-for': `10.0.0.${attempt}`,
          'x-apms-client-address': `10.1.0.${attempt}`,
        };
        const body = { email: 'nobody@people.example', password: `guess number ${attempt}` };
        const response = await post('sign-in/email', body, claimed, limited.url);
        statuses.push(response.status);
        retryAfter = response.headers.get('retry-after');
      }
      expect(statuses).toEqual([401, 401, 401, 429, 429]);
      expect(Number(retryAfter)).toBeGreaterThan(0);
    } finally {
      await limited.stop();
    }
  });

  test('is limited by account and address, whether the account exists or not, until its owner signs in', async () => {
    const person = await newPerson();
    await setPassword(api.database, person);
    const guess = async (email: string, password = 'a wrong guess') =>
      (await post('sign-in/email', { email, password })).status;
    expect(await guess(person.email)).toBe(401);
    expect(await guess(person.email, PASSWORD)).toBe(200);
    for (const email of [person.email, 'a-nobody@people.example']) {
      const statuses = await Promise.all(
        Array.from({ length: 22 }, (_, index) => guess(index % 2 === 0 ? email : email.toUpperCase())),
      );
      expect(statuses.filter((status) => status === 429)).toHaveLength(2);
    }
    expect(await guess(person.email, PASSWORD)).toBe(429);
  });

  test('leaves an event of no workspace, also when it fails, without a secret', async () => {
    const person = await newPerson();
    await setPassword(api.database, person);
    const attempt = (password: string, email = person.email) =>
      post('sign-in/email', { email, password }, { 'x-request-id': 'attempt-1' });
    await attempt('a wrong guess at it');
    await attempt(PASSWORD);
    await api.database.prisma.user.update({ where: { id: person.userId }, data: { status: 'SUSPENDED' } });
    await attempt(PASSWORD);
    const unknown = 'typed.password@people.example';
    await attempt('a wrong guess at it', unknown);
    await attempt('a wrong guess at it', 'no address');
    const events = await api.database.prisma.auditEvent.findMany({
      where: { requestId: 'attempt-1' },
      orderBy: { id: 'asc' },
    });
    const { userId } = person;
    const ofPerson = { workspaceId: null, entityType: 'user', entityId: userId };
    expect(events).toMatchObject([
      { ...ofPerson, action: 'auth.signInFailed', actorId: null, details: { address: '127.0.0.1' } },
      { ...ofPerson, action: 'auth.signIn', actorId: userId },
      { ...ofPerson, action: 'auth.signInFailed', details: { failure: 'ACCOUNT_NOT_ACTIVE' } },
      { ...ofPerson, action: 'auth.signInFailed', entityId: 'unknown', actorId: null },
    ]);
    const written = JSON.stringify(events);
    for (const secret of [PASSWORD, 'a wrong guess', unknown]) expect(written).not.toContain(secret);
  });

  test.each([
    'sign-up/email',
    'update-user',
    'delete-user',
    'change-email',
    'api-key/create',
    'api-key/verify',
  ])('%s is not offered', async (path) => {
    const session = await api.signIn(await newPerson());
    const response = await post(path, { name: 'x' }, { ...session.cookie, origin: APP_URL });
    expect(response.status).toBe(404);
  });

  test('a page of another site can use the cookie for nothing', async () => {
    const { cookie } = await api.signIn(await newPerson());
    const elsewhere = { origin: 'http://evil.example', ...cookie };
    expect((await post('sign-out', {}, elsewhere)).status).toBe(403);
    expect((await post('sign-out', {}, { ...cookie, origin: 'null' })).status).toBe(403);
    expect(await call(elsewhere)).toBe(401);
    expect(await call({ ...cookie, origin: APP_URL })).toBe(200);
  });
});

test('says so when the database does not answer', async () => {
  const connectionString = 'postgresql://nobody:secret@127.0.0.1:1/none';
  const cut = await startApi({}, { beside: api, connectionString });
  try {
    const credentials = { email: 'a@b.example', password: PASSWORD };
    const response = await post('sign-in/email', credentials, {}, cut.url);
    expect(response.status).toBe(503);
    const text = await response.text();
    expect(text).toContain('DATABASE_UNAVAILABLE');
    expect(text).not.toMatch(/prisma|127\.0\.0\.1|secret/i);
    const { cookie } = await api.signIn(await newPerson());
    expect(await call(cookie, cut.url)).toBe(503);
  } finally {
    await cut.stop();
  }
});

describe('bad requests', () => {
  test.each([
    ['no JSON', '{"email":', 400],
    ['another type', '["x"]', 400],
    ['a huge body', JSON.stringify({ email: 'x'.repeat(20_000) }), 413],
    ['a huge password', JSON.stringify({ email: 'a@b.example', password: 'x'.repeat(10_000) }), 401],
  ])('%s', async (_, body, status) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${api.url}/auth/sign-in/email`, { method: 'POST', headers, body });
    expect(response.status).toBe(status);
    expect(await response.text()).not.toMatch(/ at .*\.m?[jt]s/);
  });

  test('a form, which any page could send, is refused', async () => {
    const response = await fetch(`${api.url}/auth/sign-in/email`, {
      method: 'POST',
      body: new URLSearchParams({ email: 'a@b.example', password: PASSWORD }),
    });
    expect(response.status).toBe(415);
  });
});

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countFlights } from './support/count-flights.ts';
import { insertPerson } from './support/insert-person.ts';
import { PASSWORD, setPassword } from './support/sign-in.ts';
import { API_URL, APP_URL, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const newPerson = () => insertPerson(api.database, api.workspace.id, ['VIEWER']);

function post(path: string, body: unknown, headers: Record<string, string> = {}, base = api.url) {
  return fetch(`${base}/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

/** The status of a call of the API with these headers. */
async function call(headers: Readonly<Record<string, string>>, base = api.url): Promise<number> {
  const response = await fetch(`${base}/trpc/sites.list?input={}`, {
    headers: { 'x-workspace-id': api.workspace.id, ...headers },
  });
  await response.text();
  return response.status;
}

/** The token in the latest mail to somebody. */
function mailedToken(email: string): string {
  const mail = api.mails.findLast(({ to }) => to === email);
  return /#token=(\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
}

const aMoment = () => new Promise((resolve) => setTimeout(resolve, 100));

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

  test('is limited by account, whether it exists or not, until its owner signs in', async () => {
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

describe('a session', () => {
  test('that is forged, altered or of another secret is none', async () => {
    const { cookie, bearer } = await api.signIn(await newPerson());
    const [name = '', value = ''] = cookie.cookie.split('=');
    const [token = '', signature = ''] = decodeURIComponent(value).split('.');
    const forged = [
      `${token}.${signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))}`,
      `${token}x.${signature}`,
      token,
      `${token}.`,
      `.${signature}`,
      '',
      "' or 1=1 --.x",
    ];
    for (const attempt of forged) {
      expect(await call({ cookie: `${name}=${encodeURIComponent(attempt)}` })).toBe(401);
      expect(await call({ authorization: `Bearer ${attempt}` })).toBe(401);
    }
    expect(await call({ cookie: `${name}=%E0%A4%A` })).toBe(401);
    expect(await call({ authorization: 'Basic YWRtaW46YWRtaW4=' })).toBe(401);
    // What was given most deliberately counts alone.
    expect(await call({ ...cookie, 'x-api-key': 'apms_wrong' })).toBe(401);
    expect(await call(bearer)).toBe(200);
  });

  test('ends when it expires', async () => {
    const person = await newPerson();
    const { cookie } = await api.signIn(person);
    await api.database.prisma.session.updateMany({
      where: { userId: person.userId },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    expect(await call(cookie)).toBe(401);
  });

  test('ends in the midst of its use, in this process and in another', async () => {
    const other = await startApi({}, { beside: api });
    try {
      const person = await newPerson();
      const first = await api.signIn(person);
      const second = await api.signIn(person);
      for (const base of [api.url, other.url]) expect(await call(first.bearer, base)).toBe(200);
      const revoked = await post('revoke-other-sessions', {}, { ...second.cookie, origin: APP_URL });
      expect(revoked.status).toBe(200);
      expect(await call(first.bearer)).toBe(401);
      await aMoment();
      expect(await call(first.bearer, other.url)).toBe(401);
      expect(await call(second.bearer, other.url)).toBe(200);
    } finally {
      await other.stop();
    }
  });

  test('goes on while it is used, without a write for each use', async () => {
    const person = await newPerson();
    const { bearer } = await api.signIn(person);
    const soon = new Date(Date.now() + 60_000);
    await api.database.prisma.session.updateMany({
      where: { userId: person.userId },
      data: { expiresAt: soon },
    });
    const expiry = async () =>
      (await api.database.prisma.session.findFirstOrThrow({ where: { userId: person.userId } })).expiresAt;
    expect(await call(bearer)).toBe(200);
    await expect.poll(expiry).not.toEqual(soon);
    const prolonged = await expiry();
    await call(bearer);
    await aMoment();
    expect(await expiry()).toEqual(prolonged);
  });

  test('lists and revokes its own kind', async () => {
    const person = await newPerson();
    const first = await api.signIn(person);
    const second = await api.signIn(person);
    const response = await fetch(`${api.url}/auth/list-sessions`, { headers: second.bearer });
    const sessions: unknown = await response.json();
    expect(sessions).toHaveLength(2);
    const stranger = await api.signIn(await newPerson());
    const token = decodeURIComponent(first.bearer.authorization).slice('Bearer '.length).split('.')[0];
    await post('revoke-session', { token }, stranger.bearer);
    expect(await call(first.bearer)).toBe(200);
    await post('revoke-session', { token }, second.bearer);
    expect(await call(first.bearer)).toBe(401);
  });
});

test('who calls is read in one flight, and not read again while nothing changes', async () => {
  const person = await newPerson();
  const { bearer } = await api.signIn(person);
  for (const headers of [bearer, person.credentials]) {
    await call(headers);
    // The first use of a key is noted afterwards.
    await aMoment();
    expect((await countFlights(() => call(headers))).flights).toBe(1);
    api.services.accessCache.forget(null);
    expect((await countFlights(() => call(headers))).flights).toBe(2);
  }
});

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
    const script = /<script>(.*)<\/script>/s.exec(await response.text())?.[1] ?? '';
    expect(policy).toContain(createHash('sha256').update(script).digest('base64'));
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

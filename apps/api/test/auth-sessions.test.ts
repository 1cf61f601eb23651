import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AuthRequests, aMoment, authRequests } from './support/auth-requests.ts';
import { countFlights } from './support/count-flights.ts';
import { insertPerson } from './support/insert-person.ts';
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

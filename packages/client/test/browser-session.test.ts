import { PASSWORD, setPassword, startApi, type TestApi, type TestPerson } from '@apms/api/testing';
import { newId } from '@apms/db';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  changePassword,
  keepSession,
  requestPasswordReset,
  signInWithCookie,
  signOut,
} from '../src/index.ts';
import { cookieJar } from './support/cookie-jar.ts';

const ORIGIN = 'http://app.apms.example';

let api: TestApi;
let person: TestPerson;
let jar: ReturnType<typeof cookieJar>;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());
beforeEach(async () => {
  person = await api.createPerson(api.workspace.id, ['VIEWER']);
  await setPassword(api.database, person);
  jar = cookieJar(ORIGIN);
  vi.stubGlobal('fetch', jar.fetch);
});
afterEach(() => vi.unstubAllGlobals());

const signIn = (password = PASSWORD) => signInWithCookie(api.url, { email: person.email, password });
const kindOf = async (outcome: Promise<{ readonly kind: string }>) => (await outcome).kind;

describe('signing in', () => {
  test('gives the browser a session, which is kept and ended', async () => {
    expect(await keepSession(api.url)).toEqual({ kind: 'signedOut' });
    expect(await signIn()).toEqual({ kind: 'signedIn' });
    const session = await keepSession(`${api.url}/`);
    expect(session).toMatchObject({ kind: 'signedIn' });
    expect(await signOut(api.url)).toEqual({ kind: 'signedOut' });
    expect(await keepSession(api.url)).toEqual({ kind: 'signedOut' });
    expect(await signOut(api.url)).toEqual({ kind: 'signedOut' });
  });

  test('a session of which a day has passed is prolonged, and the browser told', async () => {
    await signIn();
    const nearer = new Date(Date.now() + 5 * 24 * 3_600_000);
    await api.database.prisma.session.updateMany({
      where: { userId: person.userId },
      data: { expiresAt: nearer },
    });
    await keepSession(api.url);
    const { expiresAt } = await api.database.prisma.session.findFirstOrThrow({
      where: { userId: person.userId },
    });
    expect(expiresAt.getTime()).toBeGreaterThan(nearer.getTime());
    expect(jar.received()).toBe(2);
  });

  test('a wrong password and an unknown address are not told apart', async () => {
    expect(await signIn('not the password')).toEqual({ kind: 'wrongPassword' });
    const unknown = { email: 'nobody@people.example', password: PASSWORD };
    expect(await signInWithCookie(api.url, unknown)).toEqual({ kind: 'wrongPassword' });
    expect(await signInWithCookie(api.url, { ...unknown, email: 'nobody' })).toEqual({
      kind: 'wrongPassword',
    });
  });

  test('an account that is not active is told so', async () => {
    await api.database.prisma.user.update({ where: { id: person.userId }, data: { status: 'SUSPENDED' } });
    expect(await signIn()).toEqual({ kind: 'accountNotActive' });
  });

  test('whoever guesses is told how long to wait', async () => {
    for (let guesses = 0; guesses < 20; guesses += 1) await signIn(`guess ${guesses}`);
    expect(await signIn()).toEqual({ kind: 'tooManyAttempts', waitSeconds: expect.closeTo(900, -1) });
  });

  test('so is whoever asks too often, by either limit', async () => {
    for (const limits of [{ signInsPerAddress: 1 }, { limits: { signInsPerMinute: 1 } }]) {
      const strict = await startApi({}, { beside: api, ...limits });
      const ask = () => signInWithCookie(strict.url, { email: `${newId()}@people.example`, password: 'x' });
      await ask();
      const outcome = await ask();
      expect(outcome).toEqual({ kind: 'tooManyAttempts', waitSeconds: expect.any(Number) });
      await strict.stop();
    }
  });

  test('a page of another address is refused', async () => {
    vi.unstubAllGlobals();
    vi.stubGlobal('fetch', cookieJar('http://localhost:1').fetch);
    expect(await signIn()).toEqual({ kind: 'originRefused' });
  });
});

describe('a new password', () => {
  test('is mailed a link for, whether there is an account or not', async () => {
    expect(await requestPasswordReset(api.url, person.email)).toEqual({ kind: 'requested' });
    expect(await requestPasswordReset(api.url, 'nobody@people.example')).toEqual({ kind: 'requested' });
    await expect.poll(() => api.mails.map(({ to }) => to)).toEqual([person.email]);
    expect(await requestPasswordReset(api.url, 'nobody')).toEqual({ kind: 'emailInvalid' });
  });

  test('is set by whoever knows the old one', async () => {
    const change = (currentPassword: string, newPassword: string) =>
      kindOf(changePassword(api.url, { currentPassword, newPassword }));
    expect(await change(PASSWORD, 'a new long password')).toBe('signedOut');
    await signIn();
    expect(await change('not the password', 'a new long password')).toBe('wrongPassword');
    expect(await change(PASSWORD, 'short')).toBe('passwordTooShort');
    expect(await change(PASSWORD, 'x'.repeat(129))).toBe('passwordTooLong');
    expect(await change(PASSWORD, 'a new long password')).toBe('changed');
    expect(await kindOf(keepSession(api.url))).toBe('signedIn');
    expect(await kindOf(signIn('a new long password'))).toBe('signedIn');
  });
});

test('without an API every outcome is that it is unreachable', async () => {
  const gone = 'http://127.0.0.1:1';
  const passwords = { currentPassword: PASSWORD, newPassword: 'a new long password' };
  const kinds = await Promise.all(
    [
      signInWithCookie(gone, { email: person.email, password: PASSWORD }),
      signOut(gone),
      keepSession(gone),
      requestPasswordReset(gone, person.email),
      changePassword(gone, passwords),
    ].map(kindOf),
  );
  expect(new Set(kinds)).toEqual(new Set(['unreachable']));
});

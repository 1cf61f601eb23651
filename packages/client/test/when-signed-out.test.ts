import { randomUUID } from 'node:crypto';
import { PASSWORD, startApi, type TestApi, type TestPerson } from '@apms/api/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  appErrorOf,
  type ClientOptions,
  type Credential,
  createClient,
  downloadDocument,
  signIn,
  uploadDocument,
} from '../src/index.ts';

let api: TestApi;
let clerk: TestPerson;
let credential: Credential;

beforeAll(async () => {
  api = await startApi();
  clerk = await api.createPerson(api.workspace.id, ['DOC_CONTROL', 'APPROVER']);
  await api.signIn(clerk);
  credential = await signIn({ url: api.url, email: clerk.email, password: PASSWORD });
});
afterAll(() => api.stop());
beforeEach(() => setSession('ACTIVE'));

/** Ends the session that the client has, or begins it anew, as a browser's new cookie would. */
async function setSession(state: 'ACTIVE' | 'ENDED'): Promise<void> {
  const expiresAt = new Date(Date.now() + (state === 'ACTIVE' ? 3_600_000 : -1_000));
  await api.database.prisma.session.updateMany({ where: { userId: clerk.userId }, data: { expiresAt } });
  api.services.accessCache.forget([clerk.userId]);
}

const optionsWith = (whenSignedOut: ClientOptions['whenSignedOut'] & object): ClientOptions => ({
  url: api.url,
  credential,
  workspaceId: api.workspace.id,
  whenSignedOut,
});
const signingIn = () =>
  vi.fn<() => Promise<boolean>>(async () => {
    await setSession('ACTIVE');
    return true;
  });
const newSite = () => ({ siteCode: `S-${randomUUID()}`, name: 'A site' });
const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => appErrorOf(error),
  );

test('what failed together is sent again after one sign-in, and a mutation has happened once', async () => {
  const whenSignedOut = signingIn();
  const client = createClient(optionsWith(whenSignedOut));
  const other = createClient(optionsWith(whenSignedOut));
  await setSession('ENDED');
  const site = newSite();
  const [created, page, me] = await Promise.all([
    client.sites.create.mutate(site),
    other.sites.list.query({}),
    client.users.me.query({}),
  ]);
  expect(whenSignedOut).toHaveBeenCalledOnce();
  expect([created.siteCode, me.email]).toEqual([site.siteCode, clerk.email]);
  expect(page.items).toBeInstanceOf(Array);
  expect(await api.database.prisma.site.count({ where: { siteCode: site.siteCode } })).toBe(1);
});

test('a call that fails late, after somebody has signed in, does not ask for it again', async () => {
  const gate = Promise.withResolvers<void>();
  const whenSignedOut = vi.fn<() => Promise<boolean>>(async () => {
    await gate.promise;
    await setSession('ACTIVE');
    return true;
  });
  const client = createClient(optionsWith(whenSignedOut));
  await setSession('ENDED');
  const early = client.sites.list.query({});
  await vi.waitFor(() => expect(whenSignedOut).toHaveBeenCalledOnce());
  const late = client.users.me.query({});
  gate.resolve();
  await Promise.all([early, late]);
  expect(whenSignedOut).toHaveBeenCalledOnce();
});

test('without a sign-in it fails as it did', async () => {
  await setSession('ENDED');
  const declined = createClient(optionsWith(async () => false));
  expect(await failureOf(declined.sites.list.query({}))).toEqual({ code: 'UNAUTHENTICATED' });
  const broken = createClient(optionsWith(() => Promise.reject(new Error('the dialog is gone'))));
  expect(await failureOf(broken.sites.create.mutate(newSite()))).toEqual({ code: 'UNAUTHENTICATED' });
});

test('a sign-in that changes nothing is asked for three times, then the call fails', async () => {
  await setSession('ENDED');
  const whenSignedOut = vi.fn<() => Promise<boolean>>(async () => true);
  const client = createClient(optionsWith(whenSignedOut));
  expect(await failureOf(client.sites.list.query({}))).toEqual({ code: 'UNAUTHENTICATED' });
  expect(whenSignedOut).toHaveBeenCalledTimes(3);
});

test('other failures are nobody to sign in for', async () => {
  const whenSignedOut = vi.fn<() => Promise<boolean>>(async () => true);
  const client = createClient(optionsWith(whenSignedOut));
  const refused = await failureOf(client.sites.get.query({ siteId: randomUUID() }));
  expect(refused).toMatchObject({ code: 'ENTITY_NOT_FOUND' });
  expect(whenSignedOut).not.toHaveBeenCalled();
});

test('a call that is not wanted any more is not sent again', async () => {
  const gate = Promise.withResolvers<boolean>();
  const whenSignedOut = vi.fn<() => Promise<boolean>>(() => gate.promise);
  const client = createClient(optionsWith(whenSignedOut));
  await setSession('ENDED');
  const site = newSite();
  const stopping = new AbortController();
  const created = client.sites.create.mutate(site, { signal: stopping.signal });
  await vi.waitFor(() => expect(whenSignedOut).toHaveBeenCalledOnce());
  stopping.abort();
  await expect(created).rejects.toThrow('given up');
  await setSession('ACTIVE');
  gate.resolve(true);
  await client.users.me.query({});
  expect(await api.database.prisma.site.count({ where: { siteCode: site.siteCode } })).toBe(0);
});

describe('beside calls', () => {
  test('a subscription goes on after a sign-in, also one that was open when the session ended', async () => {
    const whenSignedOut = signingIn();
    const client = createClient(optionsWith(whenSignedOut));
    await setSession('ENDED');
    const reasons: string[] = [];
    const errors: unknown[] = [];
    const subscription = client.workflows.inboxChanges.subscribe(undefined, {
      onData: ({ reason }) => void reasons.push(reason),
      onError: (error) => void errors.push(error),
    });
    await vi.waitFor(() => expect(reasons).toEqual(['SUBSCRIBED']), { timeout: 10_000 });
    expect(whenSignedOut).toHaveBeenCalledOnce();
    await setSession('ENDED');
    // Whatever changes a person's access makes the server look again.
    const membership = { id: randomUUID(), workspaceId: api.workspace.id, userId: clerk.userId };
    await api.database.prisma.workspaceMembership.create({ data: { ...membership, role: 'VIEWER' } });
    await vi.waitFor(() => expect(reasons).toEqual(['SUBSCRIBED', 'SUBSCRIBED']), { timeout: 10_000 });
    expect(whenSignedOut).toHaveBeenCalledTimes(2);
    expect(errors).toEqual([]);
    subscription.unsubscribe();
  });

  test('an upload is sent again', async () => {
    const whenSignedOut = signingIn();
    await setSession('ENDED');
    const file = new File(['a;b\n'], 'kept.csv', { type: 'text/csv' });
    expect(await uploadDocument(optionsWith(whenSignedOut), file)).toMatchObject({ name: 'kept.csv' });
    expect(whenSignedOut).toHaveBeenCalledOnce();
    await setSession('ENDED');
    const declined = uploadDocument(
      optionsWith(async () => false),
      file,
    );
    expect(await failureOf(declined)).toEqual({ code: 'UNAUTHENTICATED' });
  });

  test('a download is sent again', async () => {
    const whenSignedOut = signingIn();
    const file = new File(['a;b\n'], 'read.csv', { type: 'text/csv' });
    const { id } = await uploadDocument(optionsWith(whenSignedOut), file);
    await setSession('ENDED');
    const content = await downloadDocument(optionsWith(whenSignedOut), id);
    expect(await content.text()).toBe('a;b\n');
    expect(whenSignedOut).toHaveBeenCalledOnce();
  });
});

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { PASSWORD, setPassword, startApi, type TestApi, type TestPerson } from '@apms/api/testing';
import type { Site } from '@apms/validators';
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import {
  type ApmsClient,
  appErrorOf,
  type ClientOptions,
  createClient,
  downloadDocument,
  isAppError,
  isUnreachable,
  SignInError,
  signIn,
  type UploadProgress,
  uploadDocument,
} from '../src/index.ts';
import { losingAnswers } from './support/losing-answers.ts';

let api: TestApi;
let clerk: TestPerson;

beforeAll(async () => {
  api = await startApi();
  clerk = api.workspace.people.DOC_CONTROL;
});
afterAll(() => api.stop());

function optionsFor(person: TestPerson, url = api.url): ClientOptions {
  const key = person.credentials['x-api-key'] ?? '';
  return { url, credential: { kind: 'apiKey', key }, workspaceId: api.workspace.id };
}

const newSite = () => ({ siteCode: `S-${randomUUID()}`, name: 'A site' });

describe('createClient', () => {
  test('a mutation whose answer is lost twice happens once', async () => {
    const { url, requests, close } = await losingAnswers(api.url, 2);
    const site = await createClient(optionsFor(clerk, url)).sites.create.mutate(newSite());
    close();
    expect(requests).toHaveLength(3);
    expect(await api.database.prisma.site.count({ where: { siteCode: site.siteCode } })).toBe(1);
  });

  test('gives up after its attempts', async () => {
    const { url, requests, close } = await losingAnswers(api.url, 99);
    const impatient = createClient({ ...optionsFor(clerk, url), attempts: 2 });
    await expect(impatient.sites.create.mutate(newSite())).rejects.toThrow(/fetch failed/);
    close();
    expect(requests).toHaveLength(2);
  });

  test('does not send again what was answered with a refusal', async () => {
    const { url, requests, close } = await losingAnswers(api.url, 0);
    await expect(
      createClient(optionsFor(clerk, url)).sites.get.query({ siteId: randomUUID() }),
    ).rejects.toThrow(/no site/);
    close();
    expect(requests).toHaveLength(1);
  });

  test('sends queries asked for together in one request', async () => {
    const { url, requests, close } = await losingAnswers(api.url, 0);
    const client = createClient(optionsFor(clerk, url));
    await Promise.all([client.sites.list.query({}), client.sites.list.query({ limit: 1 })]);
    close();
    expect(requests).toHaveLength(1);
  });

  test('takes a key of the caller, which outlives the process', async () => {
    const context = { idempotencyKey: randomUUID() };
    const site = newSite();
    const first = await createClient(optionsFor(clerk)).sites.create.mutate(site, { context });
    const second = await createClient(optionsFor(clerk)).sites.create.mutate(site, { context });
    expect(second).toEqual(first);
  });
});

describe('errors', () => {
  test('are narrowed by their code, with the facts typed', async () => {
    const site = await createClient(optionsFor(clerk)).sites.create.mutate(newSite());
    const refused = createClient(optionsFor(api.workspace.people.VIEWER)).sites.update.mutate({
      siteId: site.id,
    });
    const error: unknown = await refused.catch((failure: unknown) => failure);
    expect(isAppError(error, 'ENTITY_NOT_FOUND')).toBe(false);
    if (!isAppError(error, 'PERMISSION_DENIED')) throw error;
    expectTypeOf(error.data.appError.code).toEqualTypeOf<'PERMISSION_DENIED'>();
    expect(error.data.appError.permission).toBe('sites.write');
  });

  test('anything else is no error of the API', () => {
    expect(appErrorOf(new Error('x'))).toBeNull();
    expect(appErrorOf(undefined)).toBeNull();
  });
});

describe('uploadDocument', () => {
  const report = () => new File([randomUUID()], 'report.csv', { type: 'text/csv' });

  test('stores the bytes and tells their hash', async () => {
    const file = new File(['site;result\nS-1;good\n'], 'results ü.csv', { type: 'text/csv' });
    const document = await uploadDocument(optionsFor(clerk), file);
    expect(document).toMatchObject({ name: 'results ü.csv', mediaType: 'text/csv', sizeBytes: file.size });
  });

  test('fails as a procedure does', async () => {
    const error: unknown = await uploadDocument(
      optionsFor(clerk),
      new File([], 'empty.csv', { type: 'text/csv' }),
    ).catch((failure: unknown) => failure);
    expect(appErrorOf(error)).toEqual({ code: 'DOCUMENT_EMPTY' });
    expect(isUnreachable(error)).toBe(false);
  });

  test('is refused when it arrives as something else than its checksum says', async () => {
    const sha256 = '0'.repeat(64);
    const error: unknown = await uploadDocument(optionsFor(clerk), report(), { sha256 }).catch(
      (e: unknown) => e,
    );
    expect(appErrorOf(error)).toMatchObject({ code: 'DOCUMENT_CORRUPT', expectedSha256: sha256 });
  });

  test('tells how far it is, and is stored once under its key', async () => {
    const told: UploadProgress[] = [];
    const idempotencyKey = randomUUID();
    const file = report();
    const upload = () =>
      uploadDocument(optionsFor(clerk), file, { idempotencyKey, onProgress: (step) => told.push(step) });
    const first = await upload();
    expect(told.at(-1)).toEqual({ sentBytes: first.sizeBytes, totalBytes: first.sizeBytes });
    expect(await upload()).toEqual(first);
  });

  test('an answer that is lost, or of something else, is an error that says so', async () => {
    const { url, close } = await losingAnswers(api.url, 1);
    const lost: unknown = await uploadDocument(optionsFor(clerk, url), report()).catch((e: unknown) => e);
    close();
    expect([isUnreachable(lost), appErrorOf(lost)]).toEqual([true, null]);
    expect(String(lost)).toMatch(/was not uploaded, the API did not answer/);
    const page = createServer((_request, response) => response.writeHead(502).end('<h1>Bad gateway')).listen(
      0,
      '127.0.0.1',
    );
    await once(page, 'listening');
    const address = page.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const other: unknown = await uploadDocument(
      optionsFor(clerk, `http://127.0.0.1:${port}`),
      report(),
    ).catch((e: unknown) => e);
    page.close();
    expect(isUnreachable(other)).toBe(true);
    expect(String(other)).toMatch(/status 502/);
  });

  test('ends when it is aborted, with the reason for it', async () => {
    const stopping = new AbortController();
    const { signal } = stopping;
    stopping.abort(new Error('changed my mind'));
    await expect(uploadDocument(optionsFor(clerk), report(), { signal })).rejects.toThrow('changed my mind');
    const during = new AbortController();
    const running = uploadDocument(optionsFor(clerk), report(), { signal: during.signal });
    setTimeout(() => during.abort(new Error('too slow')), 0);
    await expect(running).rejects.toThrow('too slow');
  });
});

describe('downloadDocument', () => {
  test('gives the content with its media type', async () => {
    const file = new File(['site;result\n'], 'results.csv', { type: 'text/csv' });
    const { id } = await uploadDocument(optionsFor(clerk), file);
    const content = await downloadDocument(optionsFor(clerk), id);
    expect(content.type).toBe('text/csv');
    expect(await content.text()).toBe('site;result\n');
  });

  test('fails as a procedure does, of an address that names another path too', async () => {
    const failures = await Promise.all(
      [randomUUID(), '../sites'].map((id) =>
        downloadDocument(optionsFor(clerk), id).catch((e: unknown) => appErrorOf(e)),
      ),
    );
    expect(failures).toMatchObject([
      { code: 'ENTITY_NOT_FOUND', entity: 'document' },
      { code: 'ENTITY_NOT_FOUND', entity: 'document' },
    ]);
  });

  test('an answer that is lost is an error that says so, and one that is not wanted ends', async () => {
    const { url, close } = await losingAnswers(api.url, 1);
    const lost: unknown = await downloadDocument(optionsFor(clerk, url), randomUUID()).catch(
      (e: unknown) => e,
    );
    close();
    expect([isUnreachable(lost), appErrorOf(lost)]).toEqual([true, null]);
    const signal = AbortSignal.abort(new Error('changed my mind'));
    await expect(downloadDocument(optionsFor(clerk), randomUUID(), { signal })).rejects.toThrow(
      'changed my mind',
    );
  });
});

describe('subscriptions', () => {
  test('arrive, with the credential that the other calls have', async () => {
    const approver = createClient(optionsFor(api.workspace.people.APPROVER));
    const reason = await new Promise((resolve, reject) => {
      const subscription = approver.workflows.inboxChanges.subscribe(undefined, {
        onData: (change) => {
          subscription.unsubscribe();
          resolve(change.reason);
        },
        onError: reject,
      });
    });
    expect(reason).toBe('SUBSCRIBED');
  });

  test('are refused to whoever may not call them', async () => {
    const vendor = createClient(optionsFor(api.workspace.people.VENDOR));
    const error: unknown = await new Promise((resolve, reject) => {
      vendor.workflows.inboxChanges.subscribe(undefined, { onData: reject, onError: resolve });
    });
    expect(appErrorOf(error)).toMatchObject({ code: 'PERMISSION_DENIED' });
  });
});

describe('signIn', () => {
  test('is a session of the person', async () => {
    await api.signIn(clerk);
    const credential = await signIn({ url: api.url, email: clerk.email, password: PASSWORD });
    const client = createClient({ url: api.url, credential, workspaceId: api.workspace.id });
    expect(await client.users.me.query({})).toMatchObject({ email: clerk.email });
  });

  test('waits for its turn when too many sign in at once', async () => {
    const strict = await startApi({}, { signInsPerAddress: 1 });
    const { people } = strict.workspace;
    await strict.signIn(people.VIEWER);
    await setPassword(strict.database, people.VENDOR);
    const credential = await signIn({ url: strict.url, email: people.VENDOR.email, password: PASSWORD });
    expect(credential.kind).toBe('session');
    await strict.stop();
  });

  test('is refused with a wrong password', async () => {
    const signingIn = signIn({ url: api.url, email: clerk.email, password: 'not the password' });
    await expect(signingIn).rejects.toBeInstanceOf(SignInError);
    await expect(signingIn).rejects.toMatchObject({ httpStatus: 401 });
  });
});

test('types: a client knows every procedure', () => {
  expectTypeOf(createClient).returns.toEqualTypeOf<ApmsClient>();
  expectTypeOf<Awaited<ReturnType<ApmsClient['sites']['get']['query']>>>().toEqualTypeOf<Site>();
});

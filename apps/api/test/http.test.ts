import { newId } from '@apms/db';
import { createTRPCClient, httpBatchLink, httpBatchStreamLink } from '@trpc/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { AppRouter } from '../src/index.ts';
import { failureOf } from './support/failure-of.ts';
import { startApi, type TestApi, type TestPerson } from './support/start-api.ts';

let api: TestApi;
let clerk: TestPerson;
let siteId: string;
beforeAll(async () => {
  api = await startApi();
  clerk = api.workspace.people.DOC_CONTROL;
  ({ id: siteId } = await api.as(clerk).sites.create.mutate({ siteCode: 'S-1', name: 'A site' }));
});
afterAll(() => api.stop());

const headersOf = (person: TestPerson) => ({ ...person.credentials, 'x-workspace-id': api.workspace.id });
const json = { 'content-type': 'application/json' };

const Failure = z.object({
  error: z.strictObject({
    code: z.int(),
    message: z.string(),
    data: z.strictObject({
      code: z.string(),
      httpStatus: z.int(),
      path: z.string().nullable(),
      appError: z.object({ code: z.string() }),
      inputIssues: z.array(z.object({ path: z.array(z.unknown()), message: z.string() })),
      requestId: z.string(),
    }),
  }),
});

/** Status and code of an answer that has to have the shape of every failure. */
async function refusal(path: string, init: RequestInit = {}) {
  const response = await fetch(`${api.url}${path}`, {
    ...init,
    headers: { ...headersOf(clerk), ...Object.fromEntries(new Headers(init.headers)) },
  });
  const { error } = Failure.parse(await response.json());
  expect(error.data.httpStatus).toBe(response.status);
  expect(response.headers.get('x-request-id')).toBe(error.data.requestId);
  return [response.status, error.data.appError.code];
}

describe('the standard client does not notice', () => {
  test.each([
    ['batches by GET', httpBatchLink],
    ['streamed batches', httpBatchStreamLink],
  ] as const)('%s', async (_how, link) => {
    const url = `${api.url}/trpc`;
    const client = createTRPCClient<AppRouter>({ links: [link({ url, headers: headersOf(clerk) })] });
    const [health, site, missing] = await Promise.allSettled([
      client.health.get.query(),
      client.sites.get.query({ siteId }),
      failureOf(client.sites.get.query({ siteId: 'none' })),
    ]);
    expect(health).toMatchObject({ value: { status: 'ok' } });
    expect(site).toMatchObject({ value: { siteCode: 'S-1' } });
    expect(missing).toMatchObject({ value: { code: 'ENTITY_NOT_FOUND' } });
  });

  test('batches by POST, of queries and of mutations', async () => {
    const client = createTRPCClient<AppRouter>({
      links: [httpBatchLink({ url: `${api.url}/trpc`, headers: headersOf(clerk), methodOverride: 'POST' })],
    });
    const [one, two] = await Promise.all([client.sites.get.query({ siteId }), client.health.get.query()]);
    expect([one.siteCode, two.status]).toEqual(['S-1', 'ok']);
    const codes = [newId(), newId()];
    const sites = await Promise.all(
      codes.map((siteCode) => client.sites.create.mutate({ siteCode, name: 'x' })),
    );
    expect(sites.map(({ siteCode }) => siteCode)).toEqual(codes);
  });

  test('a batch of which one call fails answers 207, in order', async () => {
    const input = encodeURIComponent(JSON.stringify({ 0: { siteId }, 1: { siteId: 'none' } }));
    const response = await fetch(`${api.url}/trpc/sites.get,sites.get,health.get?batch=1&input=${input}`, {
      headers: headersOf(clerk),
    });
    expect(response.status).toBe(207);
    expect(await response.json()).toMatchObject([
      { result: { data: { id: siteId } } },
      { error: { data: { path: 'sites.get', appError: { code: 'ENTITY_NOT_FOUND' } } } },
      { result: { data: { status: 'ok' } } },
    ]);
  });
});

describe('refuses', () => {
  const post = (
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = json,
  ): RequestInit => ({
    method: 'POST',
    body,
    headers,
  });
  const create = '/trpc/sites.create';
  const many = (count: number) => `/trpc/${Array.from({ length: count }, () => 'h').join(',')}?batch=1`;

  test.each<[what: string, path: string, init: RequestInit, status: number, code: string]>([
    ['an unknown procedure', '/trpc/sites.nothing', {}, 404, 'PROCEDURE_NOT_FOUND'],
    ['a name of Object.prototype', '/trpc/__proto__', {}, 404, 'PROCEDURE_NOT_FOUND'],
    ['an unknown path', '/nothing?secret=1', {}, 404, 'PROCEDURE_NOT_FOUND'],
    ['a mutation by GET', create, {}, 405, 'METHOD_NOT_ALLOWED'],
    [
      'another method',
      '/trpc/health.get',
      { method: 'PUT', body: '{}', headers: json },
      404,
      'PROCEDURE_NOT_FOUND',
    ],
    ['a batch of 51', many(51), {}, 413, 'BATCH_TOO_LARGE'],
    ['a body above 1 MiB', create, post(`"${'x'.repeat(1024 * 1024)}"`), 413, 'BODY_TOO_LARGE'],
    ['a URL above 16 KiB', `/trpc/health.get?input=${'x'.repeat(17_000)}`, {}, 431, 'HEADERS_TOO_LARGE'],
    ['broken percent-encoding', '/trpc/sites.get?input=%E0%A4%A', {}, 400, 'INPUT_INVALID'],
    ['broken percent-encoding of the path', '/trpc/%E0%A4%A', {}, 400, 'INPUT_INVALID'],
    ['bytes that are not UTF-8', create, post(Uint8Array.of(0x22, 0xff, 0xfe, 0x22)), 400, 'INPUT_INVALID'],
    ['no JSON', create, post('{"siteCode":'), 400, 'INPUT_INVALID'],
    [
      'a key __proto__',
      create,
      post('{"siteCode":"a","name":"b","__proto__":{"x":1}}'),
      400,
      'INPUT_INVALID',
    ],
    ['an escaped key __proto__', create, post(String.raw`{"\u005f_proto__":{"x":1}}`), 400, 'INPUT_INVALID'],
    ['65 levels', create, post('['.repeat(65) + ']'.repeat(65)), 400, 'INPUT_INVALID'],
    ['a million levels', create, post('['.repeat(1_000_000)), 400, 'INPUT_INVALID'],
    ['an empty body', create, post(''), 400, 'INPUT_INVALID'],
    ['another type of body', create, post('<a/>', { 'content-type': 'text/xml' }), 415, 'INPUT_INVALID'],
    [
      'a form',
      create,
      post('siteCode=1', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      'INPUT_INVALID',
    ],
  ])('%s', async (_what, path, init, status, code) => {
    expect(await refusal(path, init)).toEqual([status, code]);
  });

  test.each<[what: string, path: string, init: RequestInit]>([
    ['a subscription', '/trpc/workflows.inboxChanges,health.get?batch=1', {}],
    ['inputs as a list', `${create}?batch=1`, post('[{}]')],
  ])('a batch with %s, call by call', async (_what, path, init) => {
    const response = await fetch(`${api.url}${path}`, { ...init, headers: { ...headersOf(clerk), ...json } });
    const [first] = z.array(z.unknown()).parse(await response.json());
    expect(Failure.parse(first).error.data.appError.code).toBe('INPUT_INVALID');
  });

  test('telling where in the input, and nothing of what broke inside', async () => {
    const response = await fetch(`${api.url}${create}`, {
      ...post('nonsense'),
      headers: { ...headersOf(clerk), ...json },
    });
    const { error } = Failure.parse(await response.json());
    expect(error.message).toBe('The input does not fit: see inputIssues.');
    expect(error.data.inputIssues).toEqual([
      { path: [], message: 'The input is not JSON that is accepted here' },
    ]);
  });
});

test('an id is given to every request, the caller’s own when it is well-formed', async () => {
  const idOf = async (given: string) => {
    const response = await fetch(`${api.url}/livez`, { headers: { 'x-request-id': given } });
    return response.headers.get('x-request-id');
  };
  expect(await idOf('caller-4711.a')).toBe('caller-4711.a');
  expect(await idOf('short')).not.toBe('short');
  expect(await idOf('a b c d e f g h')).toMatch(/^[0-9a-f-]{36}$/);
});

test('headers protect browsers, and only pages of ours may call', async () => {
  const ask = (origin: string) =>
    fetch(`${api.url}/trpc/health.get`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-api-key',
      },
    });
  const own = await ask('http://app.test');
  const other = await ask('https://evil.example');
  expect(other.headers.get('access-control-allow-origin')).toBeNull();
  expect(own.status).toBe(204);
  const { headers } = await fetch(`${api.url}/trpc/health.get`);
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('server')).toBeNull();
});

test('readiness is told part by part, by HTTP and as a procedure', async () => {
  const response = await fetch(`${api.url}/readyz`);
  const checks = { database: true, migrations: true, changes: true };
  expect([response.status, await response.json()]).toEqual([
    200,
    { status: 'ok', checks: { ...checks, serving: true } },
  ]);
  expect(await api.as(null).health.get.query()).toMatchObject({ status: 'ok', checks });
});

describe('limits', () => {
  test('who asks too often is told for how long to wait; others are not', async () => {
    const limited = await startApi({}, { limits: { requestsPerMinute: 3, signInsPerMinute: 2 } });
    const { VIEWER, ADMIN } = limited.workspace.people;
    const ask = (person: TestPerson) =>
      fetch(`${limited.url}/trpc/health.get`, { headers: { ...person.credentials } });
    for (let number = 0; number < 3; number += 1) expect((await ask(VIEWER)).status).toBe(200);
    const refused = await ask(VIEWER);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Failure.parse(await refused.json()).error.data.appError).toMatchObject({ code: 'RATE_LIMITED' });
    expect((await ask(ADMIN)).status).toBe(200);
    const signIn = () =>
      fetch(`${limited.url}/auth/sign-in/email`, { method: 'POST', headers: json, body: '{}' });
    const statuses = [await signIn(), await signIn(), await signIn()].map(({ status }) => status);
    expect(statuses[2]).toBe(429);
    const invented = await Promise.all(
      Array.from({ length: 20 }, () => ask({ ...VIEWER, credentials: { 'x-api-key': newId() } })),
    );
    expect(invented.map(({ status }) => status)).toContain(429);
    await limited.stop();
  });

  test('a call that takes too long is given up, and then it has changed nothing', async () => {
    const hasty = await startApi({}, { limits: { callTimeoutMs: 300 } });
    const holder = await hasty.testDatabase.connect();
    await holder.query('begin');
    await holder.query('lock table sites in access exclusive mode');
    const person = hasty.as(hasty.workspace.people.DOC_CONTROL);
    const adding = failureOf(person.sites.create.mutate({ siteCode: 'S-late', name: 'x' }));
    const listing = failureOf(person.sites.list.query({}));
    expect([await adding, await listing]).toEqual([{ code: 'TIMED_OUT' }, { code: 'TIMED_OUT' }]);
    await holder.query('rollback');
    // Behind whatever the call still does.
    await holder.query('lock table sites in access exclusive mode').catch(() => undefined);
    expect((await person.sites.list.query({})).items).toEqual([]);
    await holder.end();
    await hasty.stop();
  });
});

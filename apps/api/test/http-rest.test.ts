import { newId } from '@apms/db';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { proceduresOf } from '../src/http/procedures-of.ts';
import { restOperations } from '../src/http/rest-operations.ts';
import { appRouter } from '../src/router.ts';
import { startApi, type TestApi, type TestPerson } from './support/start-api.ts';

let api: TestApi;
let clerk: TestPerson;
beforeAll(async () => {
  api = await startApi();
  clerk = api.workspace.people.DOC_CONTROL;
});
afterAll(() => api.stop());

interface RestCall {
  readonly method?: string;
  readonly body?: unknown;
  readonly person?: TestPerson | null;
  readonly headers?: Readonly<Record<string, string>>;
}

async function call(path: string, { method = 'GET', body, person = clerk, headers }: RestCall = {}) {
  const response = await fetch(`${api.url}/rest${path}`, {
    method,
    headers: {
      ...person?.credentials,
      'x-workspace-id': api.workspace.id,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  return { status: response.status, answer };
}

const failure = (code: string) => ({ error: { data: { appError: { code } } } });

test('every procedure but subscriptions has an operation of its own', () => {
  const callable = [...proceduresOf(appRouter)].filter(([, { type }]) => type !== 'subscription');
  const operations = restOperations(appRouter);
  expect(operations.map(({ procedure }) => procedure).toSorted()).toEqual(
    callable.map(([path]) => path).toSorted(),
  );
  const places = operations.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`);
  expect(places.filter((place, index) => places.indexOf(place) !== index)).toEqual([]);
});

test('the description is valid OpenAPI 3.1 and says what every operation takes', async () => {
  const response = await fetch(`${api.url}/openapi.json`);
  expect(response.status).toBe(200);
  const text = await response.text();
  const { valid, errors } = await new Validator().validate(JSON.parse(text));
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  const Operation = z.object({
    parameters: z.array(z.object({ name: z.string() })),
    security: z.array(z.record(z.string(), z.array(z.string()))),
    responses: z.record(z.string(), z.unknown()),
  });
  const Description = z.object({ paths: z.record(z.string(), z.record(z.string(), Operation)) });
  const { paths } = Description.parse(JSON.parse(text));
  for (const operation of Object.values(paths).flatMap((path) => Object.values(path))) {
    expect(operation.parameters.map(({ name }) => name)).toContain('x-workspace-id');
    expect(Object.keys(operation.responses)).toEqual(['200', 'default']);
  }
  expect(paths['/sites']?.['post']?.parameters.map(({ name }) => name)).toContain('idempotency-key');
  expect(paths['/sites']?.['get']?.security).toHaveLength(3);
  expect(paths['/health']?.['get']?.security).toEqual([]);
});

test('a site is added, changed, read and listed', async () => {
  const siteCode = `S 1/${newId()}`;
  const created = await call('/sites', { method: 'POST', body: { siteCode, name: 'Langkat' } });
  const Site = z.object({ id: z.string(), siteCode: z.literal(siteCode) });
  const site = Site.parse(created.answer);
  const path = `/sites/${site.id}`;
  expect(await call(path, { method: 'PATCH', body: { name: 'Other' } })).toMatchObject({
    status: 200,
    answer: { id: site.id, name: 'Other' },
  });
  expect(await call(path)).toMatchObject({ status: 200, answer: { name: 'Other' } });
  const listed = await call(`/sites?limit=1&search=${encodeURIComponent(siteCode)}`);
  expect(listed).toMatchObject({ status: 200, answer: { items: [{ id: site.id }], nextCursor: null } });
});

test('repeats with a key have one effect', async () => {
  const body = { siteCode: `S-${newId()}`, name: 'x' };
  const headers = { 'idempotency-key': newId() };
  const [first, second] = await Promise.all([
    call('/sites', { method: 'POST', body, headers }),
    call('/sites', { method: 'POST', body, headers }),
  ]);
  expect(first).toEqual(second);
  expect(first.status).toBe(200);
});

test.each([
  ['nobody', '/sites', { person: null }, 401, 'UNAUTHENTICATED'],
  ['an unknown path', '/nothing', {}, 404, 'PROCEDURE_NOT_FOUND'],
  ['an unknown method', '/sites', { method: 'DELETE' }, 404, 'PROCEDURE_NOT_FOUND'],
  ['an unknown row', `/sites/${newId()}`, {}, 404, 'ENTITY_NOT_FOUND'],
  ['text for a number', '/sites?limit=many', {}, 400, 'INPUT_INVALID'],
  ['a number out of range', '/sites?limit=1000', {}, 400, 'INPUT_INVALID'],
  ['a repeated field', '/sites?status=ACTIVE&status=INACTIVE', {}, 400, 'INPUT_INVALID'],
  ['a key of Object.prototype', '/sites?__proto__=1&constructor=1&search=%00', {}, 400, 'INPUT_INVALID'],
  ['a list for a body', '/sites', { method: 'POST', body: [] }, 400, 'INPUT_INVALID'],
  ['no JSON', '/sites', { method: 'POST', body: '{' }, 400, 'INPUT_INVALID'],
  ['a number for text', '/sites', { method: 'POST', body: { siteCode: 1, name: 'x' } }, 400, 'INPUT_INVALID'],
  [
    'another type',
    '/sites',
    { method: 'POST', body: '<a/>', headers: { 'content-type': 'text/xml' } },
    415,
    'INPUT_INVALID',
  ],
] as const)('refuses %s', async (_what, path, options, status, code) => {
  expect(await call(path, options)).toMatchObject({ status, answer: failure(code) });
});

test('a call by REST leaves the schemas that tRPC uses as they were', async () => {
  expect((await call('/sites?limit=1')).status).toBe(200);
  const input = encodeURIComponent(JSON.stringify({ limit: '1' }));
  const response = await fetch(`${api.url}/trpc/sites.list?input=${input}`, {
    headers: { ...clerk.credentials, 'x-workspace-id': api.workspace.id },
  });
  expect(response.status).toBe(400);
});

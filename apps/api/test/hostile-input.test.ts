import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { proceduresOf } from '../src/http/procedures-of.ts';
import { appRouter } from '../src/router.ts';
import { hostileInputs } from './support/hostile-inputs.ts';
import { sendRaw } from './support/send-raw.ts';
import { startApi, type TestApi, type TestPerson } from './support/start-api.ts';

let api: TestApi;
let admin: TestPerson;
beforeAll(async () => {
  api = await startApi({}, { limits: { requestTimeoutMs: 1_000 } });
  admin = api.workspace.people.ADMIN;
});
afterAll(() => api.stop());

const procedures = [...proceduresOf(appRouter)];
const headers = () => ({ ...admin.credentials, 'x-workspace-id': api.workspace.id });
const Failure = z.object({
  error: z.object({ data: z.object({ appError: z.object({ code: z.string() }) }) }),
});

/** What a caller must never see: paths of sources, frames of a stack, words of the driver or of the library. */
const INTERNAL =
  /node_modules|\.ts:\d|\bat [\w.]+ \(|pg_|invalid input syntax|syntax error|prisma|\bTypeError\b/i;

/** Why the answer is not one that a caller may get; null when it is. */
function faultOf(status: number, text: string): string | null {
  if (status >= 500) return `status ${status}`;
  if (status >= 400 && !Failure.safeParse(JSON.parse(text)).success) return 'no typed error';
  return status >= 400 && INTERNAL.test(text) ? 'tells internals' : null;
}

async function send(path: string, type: string, input: string): Promise<string | null> {
  const url = `${api.url}/trpc/${path}`;
  const controller = new AbortController();
  const { signal } = controller;
  const response =
    type === 'mutation'
      ? await fetch(url, {
          method: 'POST',
          headers: { ...headers(), 'content-type': 'application/json' },
          body: input,
        })
      : await fetch(`${url}?input=${encodeURIComponent(input)}`, { headers: headers(), signal });
  if (type === 'subscription' && response.status === 200) {
    controller.abort();
    return null;
  }
  const text = await response.text();
  const fault = faultOf(response.status, text);
  return fault === null ? null : `${path} ${fault}: ${input.slice(0, 200)} → ${text.slice(0, 300)}`;
}

describe('every procedure answers hostile input with a typed error or well', () => {
  test.each(procedures)('%s', async (path, { type }) => {
    const faults: string[] = [];
    for (const input of hostileInputs(appRouter, path, type === 'mutation' ? 300_000 : 6_000)) {
      const fault = await send(path, type, input);
      if (fault !== null) faults.push(fault);
    }
    expect(faults).toEqual([]);
  });

  test('by a batch of all queries at once, of which each gets nonsense', async () => {
    const queries = procedures.filter(([, { type }]) => type === 'query').map(([path]) => path);
    for (let at = 0; at < queries.length; at += 50) {
      const batch = queries.slice(at, at + 50);
      const input = JSON.stringify(Object.fromEntries(batch.map((_, index) => [index, [null]])));
      const response = await fetch(
        `${api.url}/trpc/${batch.join(',')}?batch=1&input=${encodeURIComponent(input)}`,
        {
          headers: headers(),
        },
      );
      expect(response.status).toBeLessThan(500);
      expect(await response.text()).not.toMatch(INTERNAL);
    }
  });
});

describe('what is hardly HTTP', () => {
  const json = 'content-type: application/json\r\n';
  const key = () =>
    Object.entries(headers())
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('');
  const post = (more: string) => `POST /trpc/sites.create HTTP/1.1\r\nhost: x\r\n${json}${key()}${more}`;

  test.each<[what: string, request: () => string | Buffer, status: number | null]>([
    [
      'a batch of 10,000 calls',
      () => `GET /trpc/${'h,'.repeat(9_999)}h?batch=1 HTTP/1.1\r\nhost: x\r\n\r\n`,
      431,
    ],
    [
      'a batch of 5,000 calls',
      () => `GET /trpc/${'h,'.repeat(4_999)}h?batch=1 HTTP/1.1\r\nhost: x\r\n\r\n`,
      413,
    ],
    ['a body that is said to be huge', () => post('content-length: 99999999999\r\n\r\n'), 413],
    ['a chunk that is no chunk', () => post('transfer-encoding: chunked\r\n\r\nZZZ\r\n'), 400],
    ['two lengths', () => post('content-length: 2\r\ncontent-length: 3\r\n\r\n{}'), 400],
    [
      'a length and chunks',
      () => post('content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'),
      400,
    ],
    [
      'bytes that are not UTF-8 in the URL',
      () => Buffer.from('GET /trpc/\xff\xfe HTTP/1.1\r\nhost: x\r\n\r\n', 'latin1'),
      400,
    ],
    ['a header with a line of its own', () => post('x-a: b\r\n c\r\nx-b\r\n\r\n'), 400],
    ['a path upwards', () => 'GET /trpc/../../../../etc/passwd HTTP/1.1\r\nhost: x\r\n\r\n', 404],
    [
      'an encoded path upwards',
      () => 'GET /rest/%2e%2e%2f%2e%2e%2fetc%2fpasswd HTTP/1.1\r\nhost: x\r\n\r\n',
      404,
    ],
    [
      'a document path upwards',
      () => `GET /documents/..%2f..%2fetc%2fpasswd/content HTTP/1.1\r\nhost: x\r\n${key()}\r\n`,
      404,
    ],
    ['a NUL in the URL', () => 'GET /trpc/health.get%00 HTTP/1.1\r\nhost: x\r\n\r\n', 404],
    ['no HTTP at all', () => 'HELO mail.example\r\n\r\n', 400],
    ['TLS', () => Buffer.from('16030100c8010000c40303', 'hex'), 400],
    ['headers of 20 KB', () => `GET /livez HTTP/1.1\r\nx-a: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['3,000 headers', () => `GET /livez HTTP/1.1\r\nhost: x\r\n${'a: b\r\n'.repeat(3_000)}\r\n`, 431],
    ['headers that never end', () => 'GET /livez HTTP/1.1\r\nhost: x\r\nx-a:', 408],
    ['a body that never comes', () => post('content-length: 10\r\n\r\n{'), 408],
    [
      'an invalid workspace',
      () => `GET /trpc/sites.list HTTP/1.1\r\nhost: x\r\n${key()}x-workspace-id: ' or 1=1\r\n\r\n`,
      404,
    ],
    [
      'an idempotency key of 8 KB',
      () => post(`idempotency-key: ${randomBytes(4_000).toString('hex')}\r\ncontent-length: 2\r\n\r\n{}`),
      400,
    ],
    [
      'a host that is none',
      () => `GET /trpc/workflows.inboxChanges HTTP/1.1\r\nhost: a b\r\n${key()}\r\n`,
      400,
    ],
  ])('%s', async (_what, request, status) => {
    const answer = await sendRaw(api.url, request());
    expect(answer.status).toBe(status);
    expect(faultOf(answer.status ?? 0, answer.body)).toBeNull();
    expect((await fetch(`${api.url}/livez`)).status).toBe(200);
  });

  test('an endless body in chunks is cut off at the limit', async () => {
    const chunk = `ffff\r\n${'x'.repeat(0xffff)}\r\n`;
    const answer = await sendRaw(api.url, `${post('transfer-encoding: chunked\r\n\r\n')}${chunk.repeat(40)}`);
    expect(answer.status).toBe(413);
  });
});

describe('credentials that are not, or no longer, somebody’s', () => {
  const ask = async (credentials: Readonly<Record<string, string>>) => {
    const response = await fetch(`${api.url}/trpc/users.me?input={}`, { headers: credentials });
    const text = await response.text();
    expect(text).not.toMatch(INTERNAL);
    return response.status;
  };

  test.each<[what: string, credentials: () => Readonly<Record<string, string>>]>([
    ['an invented key', () => ({ 'x-api-key': `apms_${'k'.repeat(60)}` })],
    ['SQL for a key', () => ({ 'x-api-key': "' or true --" })],
    ['half a key', () => ({ 'x-api-key': admin.credentials['x-api-key']?.slice(0, -1) ?? '' })],
    ['a very long key', () => ({ 'x-api-key': 'k'.repeat(8_000) })],
    ['an invented session', () => ({ authorization: `Bearer ${'t'.repeat(32)}.${'s'.repeat(44)}` })],
    ['no scheme', () => ({ authorization: 'x' })],
    ['a cookie without a signature', () => ({ cookie: 'better-auth.session_token=abc' })],
    ['a cookie of broken percent-encoding', () => ({ cookie: 'better-auth.session_token=%E0%A4%A.x' })],
  ])('%s', async (_what, credentials) => {
    expect(await ask(credentials())).toBe(401);
  });

  test('a session whose signature is another’s', async () => {
    const [mine, other] = await Promise.all([api.signIn(admin), api.signIn(api.workspace.people.VIEWER)]);
    const [token = ''] = mine.bearer.authorization.split('.');
    const signature = other.bearer.authorization.split('.').at(-1) ?? '';
    expect(await ask(mine.bearer)).toBe(200);
    expect(await ask({ authorization: `${token}.${signature}` })).toBe(401);
  });

  test('a session after signing out, replayed', async () => {
    const session = await api.signIn(api.workspace.people.VENDOR);
    expect(await ask(session.bearer)).toBe(200);
    await fetch(`${api.url}/auth/sign-out`, {
      method: 'POST',
      headers: { ...session.bearer, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(await ask(session.bearer)).toBe(401);
    expect(await ask(session.cookie)).toBe(401);
  });

  test('an expired session and an expired key', async () => {
    const { APPROVER } = api.workspace.people;
    const session = await api.signIn(APPROVER);
    await api.database.pool.query(
      `update sessions set expires_at = now() - interval '1 second' where user_id = $1`,
      [APPROVER.userId],
    );
    await api.database.pool.query(
      `update api_keys set expires_at = now() - interval '1 second' where reference_id = $1`,
      [APPROVER.userId],
    );
    expect(await ask(session.bearer)).toBe(401);
    expect(await ask(APPROVER.credentials)).toBe(401);
  });
});

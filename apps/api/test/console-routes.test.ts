import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { findConsole } from '../src/find-console.ts';
import { sendRaw } from './support/send-raw.ts';
import { API_URL, startApi, type TestApi } from './support/start-api.ts';

const INDEX = '<!doctype html><script type="module" src="/assets/index-4f0c.js"></script>';
const SCRIPT = 'console.log("the console");'.repeat(100);

let api: TestApi;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'apms-console-'));
  const dist = join(directory, 'dist');
  await mkdir(join(dist, 'assets/.hidden'), { recursive: true });
  await Promise.all([
    writeFile(join(directory, 'secret.txt'), 'not for pages'),
    writeFile(join(dist, 'index.html'), INDEX),
    writeFile(join(dist, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>'),
    writeFile(join(dist, '.env'), 'SECRET=1'),
    writeFile(join(dist, 'assets/index-4f0c.js'), SCRIPT),
    writeFile(join(dist, 'assets/index-4f0c.js.br'), brotliCompressSync(SCRIPT)),
    writeFile(join(dist, 'assets/index-4f0c.js.gz'), gzipSync(SCRIPT)),
    writeFile(join(dist, 'assets/small-77aa.css'), 'p{margin:0}'),
    writeFile(join(dist, 'assets/.hidden/key'), 'not for pages'),
  ]);
  api = await startApi({}, { consoleDirectory: dist });
});
afterAll(async () => {
  await api.stop();
  await rm(directory, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${api.url}${path}`, { method, headers });

const Failure = z.object({
  error: z.object({ data: z.object({ appError: z.object({ code: z.string() }) }) }),
});

async function codeOf(response: Response): Promise<string> {
  return Failure.parse(await response.json()).error.data.appError.code;
}

describe('pages', () => {
  const paths = ['/', '/?a=b', '/sign-in', '/w/ACME', '/w/ACME/inbox?sla=breached', '/w/a%20b/submissions/1'];

  test.each(paths)('%s is the console, asked for anew each time', async (path) => {
    const response = await get(path);
    expect([response.status, await response.text()]).toEqual([200, INDEX]);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    const etag = response.headers.get('etag') ?? '';
    expect((await get(path, { 'if-none-match': etag })).status).toBe(304);
    expect((await get(path, { 'if-none-match': '"another"' })).status).toBe(200);
  });

  test('a new build is served as soon as it is there, though it is as long and as old', async () => {
    const before = (await get('/')).headers.get('etag') ?? '';
    const next = INDEX.replace('4f0c', '4f0d');
    await writeFile(join(directory, 'dist/index.html'), next);
    const response = await get('/', { 'if-none-match': before });
    expect([response.status, await response.text()]).toEqual([200, next]);
    await writeFile(join(directory, 'dist/index.html'), INDEX);
  });

  test('may load and call this origin and nothing else', async () => {
    const { headers } = await get('/w/ACME/inbox');
    expect(headers.get('content-security-policy')?.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data: blob:",
      "font-src 'self'",
      "connect-src 'self'",
      "manifest-src 'self'",
      "form-action 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ]);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('permissions-policy')).toContain('camera=()');
  });

  test('HEAD has the headers alone', async () => {
    const response = await get('/w/ACME', {}, 'HEAD');
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(response.headers.get('content-length')).toBe(String(INDEX.length));
  });

  test.each(['POST', 'PUT', 'DELETE'])('%s is for nobody', async (method) => {
    const response = await get('/w/ACME', {}, method);
    expect([response.status, await codeOf(response)]).toEqual([404, 'PROCEDURE_NOT_FOUND']);
  });
});

describe('assets', () => {
  const path = '/assets/index-4f0c.js';

  test('are kept for ever', async () => {
    const response = await get(path);
    expect([response.status, await response.text()]).toEqual([200, SCRIPT]);
    expect(response.headers.get('content-type')).toMatch(/javascript; charset=utf-8$/);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'");
  });

  test.each([
    ['br, gzip', 'br'],
    ['gzip, deflate', 'gzip'],
    ['identity', null],
    ['br;q=0, gzip', 'gzip'],
  ])('to who accepts %s they come in %s', async (accepted, encoding) => {
    const response = await get(path, { 'accept-encoding': accepted });
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(response.headers.get('vary')).toMatch(/accept-encoding/i);
    expect(response.headers.get('content-type')).toMatch(/javascript; charset=utf-8$/);
    expect(await response.text()).toBe(SCRIPT);
  });

  test('without a compressed sibling they come as they are', async () => {
    const response = await get('/assets/small-77aa.css', { 'accept-encoding': 'br' });
    expect([response.headers.get('content-encoding'), await response.text()]).toEqual([null, 'p{margin:0}']);
  });

  test('HEAD has the headers alone', async () => {
    const response = await get(path, { 'accept-encoding': 'identity' }, 'HEAD');
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(response.headers.get('content-length')).toBe(String(SCRIPT.length));
  });

  test.each([
    '/assets/index-0000.js',
    '/assets/',
    '/assets',
    '/assets/.hidden/key',
    '/assets/index-4f0c.js/',
  ])('%s is not found, which nobody may keep', async (unknown) => {
    const response = await get(unknown);
    expect([response.status, await codeOf(response)]).toEqual([404, 'PROCEDURE_NOT_FOUND']);
    expect(response.headers.get('cache-control') ?? 'no-store').toBe('no-store');
  });

  test.each([
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/assets/../.env',
    '/assets/%252e%252e/secret.txt',
    '/assets//../../secret.txt',
    '/assets/index-4f0c.js%00.txt',
    '/../secret.txt',
    '/.env',
    '/%2e%2e/secret.txt',
    '//etc/passwd',
  ])('%s leads nowhere', async (path_) => {
    const { status, body } = await sendRaw(api.url, `GET ${path_} HTTP/1.1\r\nhost: x\r\n\r\n`);
    expect([400, 404]).toContain(status);
    expect(body).toMatch(/^\{"error":/);
  });
});

test('a file beside the index is served, though not for ever', async () => {
  const response = await get('/favicon.svg');
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
  expect(response.headers.get('cache-control')).toBe('public, max-age=0');
});

test.each([
  ['/nothing', 404, 'PROCEDURE_NOT_FOUND'],
  ['/index.html', 404, 'PROCEDURE_NOT_FOUND'],
  ['/w', 404, 'PROCEDURE_NOT_FOUND'],
  ['/trpc/sites.list', 401, 'UNAUTHENTICATED'],
  ['/trpc/nothing', 404, 'PROCEDURE_NOT_FOUND'],
  ['/rest/sites', 401, 'UNAUTHENTICATED'],
  ['/rest/w/ACME', 404, 'PROCEDURE_NOT_FOUND'],
  ['/documents/1/content', 401, 'UNAUTHENTICATED'],
  ['/auth/nothing', 404, 'PROCEDURE_NOT_FOUND'],
])('%s stays what it is without a console', async (path, status, code) => {
  const response = await get(path);
  expect([response.status, await codeOf(response)]).toEqual([status, code]);
});

test('the origin of the pages is the API itself, and its cookie is believed there', async () => {
  const { cookie } = await api.signIn(api.workspace.people.VIEWER);
  const me = (origin: string) => get('/trpc/users.me?input=%7B%7D', { ...cookie, origin });
  expect([(await me(API_URL)).status, (await me('http://evil.example')).status]).toEqual([200, 401]);
  const out = await get('/auth/sign-out', { ...cookie, origin: API_URL }, 'POST');
  expect(out.status).toBe(200);
});

test('a page and its assets do not use up the limit of the calls, but have one', async () => {
  const consoleDirectory = join(directory, 'dist');
  const held = await startApi({}, { beside: api, consoleDirectory, limits: { requestsPerMinute: 2 } });
  const statusOf = async (path: string) => (await fetch(`${held.url}${path}`)).status;
  const times = async (count: number, path: string) => {
    const statuses: number[] = [];
    for (let i = 0; i < count; i += 1) statuses.push(await statusOf(path));
    return statuses;
  };
  expect(await times(11, '/assets/small-77aa.css')).toEqual([...Array(10).fill(200), 429]);
  expect(await times(11, '/sign-in')).toEqual([...Array(10).fill(200), 429]);
  expect(await times(3, '/trpc/health.get')).toEqual([200, 200, 429]);
  await held.stop();
});

test('without a console there are no pages', async () => {
  const bare = await startApi({}, { beside: api });
  for (const path of ['/', '/sign-in', '/w/ACME', '/assets/index-4f0c.js']) {
    const response = await fetch(`${bare.url}${path}`);
    expect([response.status, await codeOf(response)]).toEqual([404, 'PROCEDURE_NOT_FOUND']);
  }
  await bare.stop();
});

describe('the console to serve', () => {
  test('is the given one, or the one that was built, or none', () => {
    const dist = join(directory, 'dist');
    expect(findConsole(dist)).toBe(dist);
    expect(findConsole(undefined, dist)).toBe(dist);
    expect(findConsole(undefined, directory)).toBeNull();
    expect(findConsole('off', dist)).toBeNull();
  });

  test('has to be one when it is given', () => {
    expect(() => findConsole(directory)).toThrow(/CONSOLE_DIR.*has no index\.html.*pnpm build/);
  });
});

import { execFile } from 'node:child_process';
import { newId } from '@apms/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { API_URL, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const script = new URL('../src/bin/admin.ts', import.meta.url).pathname;

/** Runs the program as an operator would. */
async function admin(args: readonly string[], env: Record<string, string> = {}) {
  const settings = { ...process.env, DATABASE_URL: api.testDatabase.url, API_URL, ...env };
  return await new Promise<{ stdout: string; stderr: string; code: number }>((resolve) => {
    execFile(process.execPath, [script, ...args], { env: settings }, (error, stdout, stderr) => {
      resolve({ stdout, stderr, code: typeof error?.code === 'number' ? error.code : 0 });
    });
  });
}

test('makes a workspace whose administrator signs in by the printed link', async () => {
  const code = `W-${newId()}`;
  const email = `${newId()}@new.example`;
  const made = await admin([
    'create-workspace',
    '--code',
    code,
    '--name',
    'North',
    '--admin-email',
    email.toUpperCase(),
  ]);
  expect(made).toMatchObject({ code: 0, stderr: '' });
  const token = /#token=(\S+)/.exec(made.stdout)?.[1];
  const post = (path: string, body: unknown) =>
    fetch(`${api.url}/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const password = 'my very first password';
  expect((await post('reset-password', { token, newPassword: password })).status).toBe(200);
  const session = await post('sign-in/email', { email, password });
  const headers = { authorization: `Bearer ${session.headers.get('set-auth-token') ?? ''}` };
  const me = await api.as(null, { headers }).users.me.query({});
  expect(me.workspaces).toMatchObject([{ code, name: 'North', roles: ['ADMIN'] }]);

  const again = await admin(['create-workspace', '--code', code, '--name', 'x', '--admin-email', email]);
  expect(again).toMatchObject({ code: 2, stdout: '', stderr: `There is a workspace ${code} already.\n` });

  const colleague = `${newId()}@new.example`;
  const invited = await admin([
    'invite',
    '--workspace',
    code,
    '--email',
    colleague,
    '--role',
    'VENDOR',
    'VIEWER',
  ]);
  expect(invited.stdout).toMatch(/is VENDOR, VIEWER in .*#token=/s);
  const known = await admin(['invite', '--workspace', code, '--email', email]);
  expect(known.stdout).toContain('is ACTIVE');
  expect(known.stdout).not.toContain('#token=');
});

test.each([
  [['invite', '--workspace', 'none', '--email', 'a@b.example'], /There is no workspace none/],
  [['invite', '--workspace', 'none', '--email', 'nonsense'], /Invalid email/],
  [['invite', '--workspace', 'none', '--email', 'a@b.example', '--role', 'KING'], /Allowed choices/],
  [['create-workspace', '--code', 'x'], /required option/],
  [['conquer'], /unknown command/],
])('refuses %j', async (args, message) => {
  const { code, stderr, stdout } = await admin(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test('says what is missing, and when the database does not answer', async () => {
  const invite = ['invite', '--workspace', 'none', '--email', 'a@b.example'];
  expect(await admin(invite, { DATABASE_URL: '' })).toMatchObject({ code: 2, stderr: 'Set DATABASE_URL.\n' });
  expect((await admin(invite, { API_URL: 'nonsense' })).stderr).toMatch(/Set API_URL/);
  const unreachable = await admin(invite, { DATABASE_URL: 'postgresql://nobody:secret@127.0.0.1:1/none' });
  expect(unreachable.code).toBe(1);
  expect(unreachable.stderr).toMatch(/^Nothing was changed: .*ECONNREFUSED/);
  expect(unreachable.stderr).not.toContain('secret');
});

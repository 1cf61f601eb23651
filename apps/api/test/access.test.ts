import { type AppErrorCode, AppErrorData, MembershipRole, Permission } from '@apms/validators';
import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { isPermitted } from '../src/permissions.ts';
import { appRouter } from '../src/router.ts';
import { startApi, type TestApi, type TestWorkspace } from './support/start-api.ts';

/** Procedures that anybody may call, signed in or not: one that is not listed here must ask for something. */
const OPEN_TO_EVERYBODY: readonly string[] = ['health.get'];

const Access = z.union([Permission, z.literal('SIGNED_IN')]);
const Definition = z.object({
  type: z.enum(['query', 'mutation', 'subscription']),
  meta: z.object({ access: Access.optional() }).optional(),
});

interface Procedure {
  readonly path: string;
  readonly type: z.infer<typeof Definition>['type'];
  readonly access: z.infer<typeof Access> | undefined;
}

// As any router: its own type, of all procedures, is of no use here.
const { _def: definition }: AnyTRPCRouter = appRouter;
const procedures: readonly Procedure[] = Object.entries<AnyTRPCProcedure>(definition.procedures).map(
  ([path, procedure]) => {
    // oxlint-disable-next-line no-underscore-dangle -- the library's own name
    const { type, meta } = Definition.parse(procedure._def);
    return { path, type, access: meta?.access };
  },
);
const permitted = procedures.flatMap(({ path, type, access }) =>
  access === undefined || access === 'SIGNED_IN' ? [] : [{ path, type, access }],
);

let api: TestApi;
let elsewhere: TestWorkspace;
beforeAll(async () => {
  api = await startApi();
  elsewhere = await api.createWorkspace();
});
afterAll(() => api.stop());

/** What no procedure's input schema takes: whoever passes the gate comes to this and not further. */
const NO_INPUT = JSON.stringify('\u0000 this is no input');

/** The code of the error of a call; null when it did not fail. */
async function codeOf(
  { path, type }: Pick<Procedure, 'path' | 'type'>,
  headers: Readonly<Record<string, string>>,
): Promise<AppErrorCode | null> {
  const url = `${api.url}/trpc/${path}`;
  const ending = new AbortController();
  const response =
    type === 'mutation'
      ? await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: NO_INPUT,
        })
      : await fetch(`${url}?input=${encodeURIComponent(NO_INPUT)}`, {
          headers: { ...(type === 'subscription' ? { accept: 'text/event-stream' } : {}), ...headers },
          signal: ending.signal,
        });
  const text = type === 'subscription' && response.ok ? await beginningOf(response) : await response.text();
  ending.abort();
  const facts = /"appError":(\{[^}]*\})/.exec(text)?.[1];
  return facts === undefined ? null : AppErrorData.parse(JSON.parse(facts)).code;
}

/** A stream of events up to the first error in it, at most for a moment. */
async function beginningOf(response: Response): Promise<string> {
  if (response.body === null) return '';
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const late = new Promise<{ done: true; value?: undefined }>((resolve) =>
    setTimeout(() => resolve({ done: true }), 1_000),
  );
  while (!text.includes('"appError"')) {
    const { done, value } = await Promise.race([reader.read(), late]);
    if (done) break;
    text += value;
  }
  return text;
}

function headersOf(
  workspace: TestWorkspace,
  role: MembershipRole,
  workspaceId: string | null = workspace.id,
) {
  const { credentials } = workspace.people[role];
  return { ...credentials, ...(workspaceId === null ? {} : { 'x-workspace-id': workspaceId }) };
}

/** The paths for which `codeOf` gives another code than the one that is due. */
async function exceptions<P extends Pick<Procedure, 'path' | 'type'>>(
  among: readonly P[],
  headers: Readonly<Record<string, string>>,
  due: (code: AppErrorCode | null, procedure: P) => boolean,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const procedure of among) {
    const code = await codeOf(procedure, headers);
    if (!due(code, procedure)) wrong.push(`${procedure.path}: ${code ?? 'no error'}`);
  }
  return wrong;
}

test('what is open to everybody is listed here', () => {
  const open = procedures.filter(({ access }) => access === undefined).map(({ path }) => path);
  expect(open).toEqual(OPEN_TO_EVERYBODY);
  expect(permitted.length).toBeGreaterThan(10);
});

describe('every procedure', () => {
  test('refuses an anonymous caller', async () => {
    const closed = procedures.filter(({ access }) => access !== undefined);
    const anonymous = { 'x-workspace-id': api.workspace.id };
    expect(await exceptions(closed, anonymous, (code) => code === 'UNAUTHENTICATED')).toEqual([]);
  });

  test('shows a member of another workspace nothing of this one', async () => {
    const headers = headersOf(elsewhere, 'ADMIN', api.workspace.id);
    expect(await exceptions(permitted, headers, (code) => code === 'WORKSPACE_NOT_FOUND')).toEqual([]);
  });

  test('asks which workspace is meant', async () => {
    const headers = headersOf(api.workspace, 'ADMIN', null);
    expect(await exceptions(permitted, headers, (code) => code === 'WORKSPACE_REQUIRED')).toEqual([]);
  });

  test.each(MembershipRole.options)('lets %s pass where the role includes the permission', async (role) => {
    const wrong = await exceptions(
      permitted,
      headersOf(api.workspace, role),
      (code, { access }) => (code !== 'PERMISSION_DENIED') === isPermitted([role], access),
    );
    expect(wrong).toEqual([]);
  });

  test('that asks only for an account lets every account in', async () => {
    const own = procedures.filter(({ access }) => access === 'SIGNED_IN');
    const headers = headersOf(elsewhere, 'VIEWER', null);
    expect(await exceptions(own, headers, (code) => code === null || code === 'INPUT_INVALID')).toEqual([]);
  });

  test('refuses what lets a caller pass nowhere: a malformed workspace, one that does not exist', async () => {
    for (const workspaceId of ['nonsense', "' or true --", '00000000-0000-7000-8000-000000000000']) {
      const headers = headersOf(api.workspace, 'ADMIN', workspaceId);
      expect(
        await exceptions(permitted.slice(0, 3), headers, (code) => code === 'WORKSPACE_NOT_FOUND'),
      ).toEqual([]);
    }
  });
});

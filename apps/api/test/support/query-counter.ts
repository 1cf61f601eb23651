import { setTimeout as sleep } from 'node:timers/promises';
import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server';
import { z } from 'zod';
import { appRouter } from '../../src/router.ts';
import { countFlights } from './count-flights.ts';
import type { TestApi, TestPerson } from './start-api.ts';

/** What a call sends: statements of its own, and round trips with everything that opens and ends transactions. */
export type Counts = readonly [statements: number, roundTrips: number];

/** Calls procedures over HTTP and notes what each sends to the database. */
export interface QueryCounter {
  /** Calls a procedure and gives its answer; a list also with pages of one row, which must cost the same. */
  call(path: string, input?: object, person?: TestPerson): Promise<Answer>;
  /** By procedure, of those that were called; several counts where they differed. */
  readonly counts: ReadonlyMap<string, readonly Counts[]>;
}

/** The fields of an answer that other calls refer to. */
const Answer = z.looseObject({
  id: z.string().default(''),
  items: z.array(z.looseObject({ id: z.string().default('') })).default([]),
});
type Answer = z.infer<typeof Answer>;

const Result = z.object({ result: z.object({ data: z.unknown().optional() }) });

/** Long enough for the news of changed access to arrive, which are looked up again then, also on a busy machine. */
const NEWS_MS = 250;
const CHANGES_ACCESS = /^(?:apiKeys|memberships|users|workspaces)\./;

// As any router: its own type, of all procedures, is of no use here.
const { _def: definition }: AnyTRPCRouter = appRouter;
const procedures = new Map(Object.entries<AnyTRPCProcedure>(definition.procedures));

/** The paths of all procedures that answer once. */
export const answeringProcedures: readonly string[] = [...procedures]
  .filter(([, procedure]) => typeOf(procedure) !== 'subscription')
  .map(([path]) => path);

/** Those that change something. */
export const mutatingProcedures: readonly string[] = [...procedures]
  .filter(([, procedure]) => typeOf(procedure) === 'mutation')
  .map(([path]) => path);

/** Calls as the person, in the workspace, unless another person is named. */
export function queryCounter(api: TestApi, workspaceId: string, me: TestPerson): QueryCounter {
  const counts = new Map<string, Counts[]>();

  async function send(path: string, input: object, person: TestPerson): Promise<unknown> {
    const procedure = procedures.get(path);
    const isMutation = procedure !== undefined && typeOf(procedure) === 'mutation';
    const url = `${api.url}/trpc/${path}`;
    const headers = { ...person.credentials, 'x-workspace-id': workspaceId };
    const body = JSON.stringify(input);
    const response = isMutation
      ? await fetch(url, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body,
        })
      : await fetch(`${url}?input=${encodeURIComponent(body)}`, { headers });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} ${body}: ${text}`);
    return Result.parse(JSON.parse(text)).result.data;
  }

  async function counted(path: string, input: object, person: TestPerson): Promise<Answer> {
    // Who calls is looked up once and then known, until something about it changes.
    await send('users.me', {}, person);
    let answer: unknown;
    const { statements, flights } = await countFlights(async () => {
      answer = await send(path, input, person);
      // The last of what it tells others is not waited for by the call itself.
      if (path === 'configVersions.import') await sleep(NEWS_MS);
    });
    const known = counts.get(path) ?? [];
    if (!known.some(([s, f]) => s === statements && f === flights)) known.push([statements, flights]);
    counts.set(path, known);
    if (CHANGES_ACCESS.test(path)) await sleep(NEWS_MS);
    return Answer.parse(
      typeof answer === 'object' && answer !== null && !Array.isArray(answer) ? answer : {},
    );
  }

  return {
    counts,
    call: async (path, input = {}, person = me) => {
      if (hasPages(path)) await counted(path, { ...input, limit: 1 }, person);
      return await counted(path, input, person);
    },
  };
}

/** They work over several connections at once, or share round trips with news as it comes. */
const UNSTEADY = /^(?:integrityAudits\.|configVersions\.(?:import|discard|rollback)$)/;

/** What was counted, as `3 in 2`; where round trips are as it happens, the statements alone. */
export function countsInWords({ counts }: QueryCounter): Record<string, string> {
  return Object.fromEntries([...counts].map(([path, found]) => [path, wordsOf(path, found)]));
}

function wordsOf(path: string, counts: readonly Counts[]): string {
  const isSteady = !UNSTEADY.test(path);
  const sorted = counts.toSorted(([a], [b]) => a - b);
  const words = sorted.map(([statements, trips]) =>
    isSteady ? `${statements} in ${trips}` : `${statements}`,
  );
  return [...new Set(words)].join(', ');
}

function hasPages(path: string): boolean {
  // oxlint-disable-next-line no-underscore-dangle -- the library's own name
  const schemas: readonly unknown[] = procedures.get(path)?._def.inputs ?? [];
  return schemas.some((schema) => schema instanceof z.ZodObject && 'limit' in schema.shape);
}

function typeOf({ _def: { type } }: AnyTRPCProcedure): string {
  return type;
}

import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { BenchPerson } from './bench-world.ts';
import { type ApiCall, callApi } from './call-api.ts';

/** What people do at once. */
export interface MixedWork {
  readonly url: string;
  readonly seconds: number;
  readonly signal: AbortSignal;
  readonly manager: BenchPerson;
  /** For each, one client that decides whatever is in the inbox. */
  readonly approvers: readonly BenchPerson[];
  /** How many clients start workflows. */
  readonly starters: number;
  readonly siteIds: readonly string[];
  /** How many clients import the workbook, one version after another. */
  readonly importers: number;
  readonly documentId: string;
}

/** How long each call of a kind took, in ms, and how many failed. */
export interface MixedResult {
  readonly times: ReadonlyMap<string, readonly number[]>;
  readonly errors: readonly string[];
}

const Inbox = z.object({ items: z.array(z.object({ stageId: z.string() })) });
const INBOX_ROWS = 10;
const IDLE_MS = 100;

/** Creation of workflows, imports and decisions at once, for so many seconds. */
export async function runMixedLoad(work: MixedWork): Promise<MixedResult> {
  const { url, seconds, signal, manager, approvers, siteIds } = work;
  const until = performance.now() + seconds * 1_000;
  const times = new Map<string, number[]>();
  const errors: string[] = [];
  const goesOn = () => performance.now() < until && !signal.aborted;

  async function call(called: ApiCall, person: BenchPerson): Promise<unknown> {
    const startedAt = performance.now();
    try {
      const answer = await callApi(url, called, person);
      const taken = times.get(called.procedure) ?? [];
      taken.push(performance.now() - startedAt);
      times.set(called.procedure, taken);
      return answer;
    } catch (error) {
      errors.push(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  async function start(client: number): Promise<void> {
    for (let index = client; goesOn(); index += work.starters) {
      const siteId = siteIds[index % siteIds.length];
      const input = { siteId, scopeCode: 'RAN', vendorCode: null, atpCategory: 'HARDWARE' };
      await call({ procedure: 'workflows.start', kind: 'mutation', input }, manager);
    }
  }

  async function decide(approver: BenchPerson): Promise<void> {
    while (goesOn()) {
      const inbox = await call(
        { procedure: 'workflows.inbox', kind: 'query', input: { limit: INBOX_ROWS } },
        approver,
      );
      const { items } = Inbox.safeParse(inbox).data ?? { items: [] };
      if (items.length === 0) await sleep(IDLE_MS);
      for (const { stageId } of items) {
        if (!goesOn()) return;
        const input = { stageId, decision: 'APPROVE', items: [], comment: null };
        await call({ procedure: 'workflows.decide', kind: 'mutation', input }, approver);
      }
    }
  }

  async function importAll(): Promise<void> {
    const input = { documentId: work.documentId };
    while (goesOn()) await call({ procedure: 'configVersions.import', kind: 'mutation', input }, manager);
  }

  await Promise.all([
    ...Array.from({ length: work.starters }, (_, client) => start(client)),
    ...approvers.map(decide),
    ...Array.from({ length: work.importers }, importAll),
  ]);
  return { times, errors };
}

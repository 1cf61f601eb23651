import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Bench } from '../bench.ts';
import type { Line } from '../line.ts';
import type { ApiProcess } from './api-process.ts';
import { type BenchPerson, type BenchWorld, giveKey, select } from './bench-world.ts';
import { importWorkbook, uploadWorkbook } from './import-workbook.ts';
import { besideBaseline, type Figure } from './load-baseline.ts';
import { type MixedResult, runMixedLoad } from './mixed-load.ts';
import { percentile } from './put-load.ts';

/** How many clients do what. */
export const LOAD_CLIENTS = { approvers: 30, starters: 8, importers: 2 } as const;

const FIXTURE = fileURLToPath(import.meta.resolve('@apms/workbook/fixture'));

/** Workflows started, the workbook imported and stages decided at once by 40 clients, beside the recorded figures. */
export async function runLoadTest(
  bench: Bench,
  world: BenchWorld,
  { url }: ApiProcess,
  { seconds, records }: { readonly seconds: number; readonly records: boolean },
): Promise<Line[]> {
  bench.note(`everything at once for ${seconds} s`);
  const { busiest: manager, database, workspaceId } = world;
  const [approvers, siteIds] = await bench.server.withClient(database, async (client) => {
    const sites = await select<{ id: string }>(
      client,
      'select id from sites where workspace_id = $1 order by id limit 1000',
      [workspaceId],
    );
    const most = await select<{ id: string }>(
      client,
      `select approver_id as id from workflow_stages
       where workspace_id = $1 and status = 'PENDING' and approver_id <> $2
       group by 1 order by count(*) desc, 1 limit ${LOAD_CLIENTS.approvers}`,
      [workspaceId, manager.userId],
    );
    const people: BenchPerson[] = [];
    for (const { id } of most) people.push(await giveKey(client, workspaceId, id));
    return [people, sites.map(({ id }) => id)];
  });
  const documentId = await uploadWorkbook(url, await readFile(FIXTURE), manager);
  // The first import makes accounts of everybody in it.
  await importWorkbook(url, documentId, manager);
  const result = await runMixedLoad({
    url,
    seconds,
    signal: bench.signal,
    manager,
    approvers,
    starters: LOAD_CLIENTS.starters,
    siteIds,
    importers: LOAD_CLIENTS.importers,
    documentId,
  });
  for (const message of result.errors.slice(0, 3)) bench.note(message);
  const lines = await besideBaseline(figuresOf(result, seconds), records);
  const errors: Line = {
    measure: 'unexpected errors',
    against: 'the limit',
    unit: 'errors',
    reference: 0,
    ours: result.errors.length,
    goal: { limit: 0 },
  };
  return [...lines, errors];
}

function figuresOf({ times }: MixedResult, seconds: number): Figure[] {
  return [...times].flatMap(([procedure, taken]) => [
    { measure: procedure, unit: 'requests/s' as const, value: taken.length / seconds },
    ...[0.5, 0.95, 0.99].map((share) => ({
      measure: `${procedure}, p${share * 100}`,
      unit: 'ms' as const,
      value: percentile(taken, share),
    })),
  ]);
}

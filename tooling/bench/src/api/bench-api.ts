import type { Bench } from '../bench.ts';
import type { Line } from '../line.ts';
import type { Section } from '../section.ts';
import { measureAdapter } from './adapter.ts';
import { type ApiProcess, type ApiProcessOptions, startApiProcess } from './api-process.ts';
import { type BenchWorld, createBenchWorld } from './bench-world.ts';
import { measureHotQueries } from './hot-queries.ts';
import { measureImport, measureImportMemory } from './import.ts';
import { measureListCosts, type ServedWorld } from './list-costs.ts';
import { LOAD_CLIENTS, runLoadTest } from './load-test.ts';
import { measureProcedures } from './procedures.ts';
import { CONNECTIONS } from './put-load.ts';

export interface ApiBenchOptions {
  /** Stages of the small database, and of the large one. */
  readonly stages: number;
  readonly largeStages: number;
  /** Calls of one run of a procedure that reads; those that write are called a fifth as often. */
  readonly requests: number;
  /** Leaves the large database and the large import out. */
  readonly quick: boolean;
  /** How long the test with everything at once lasts. */
  readonly seconds: number;
  /** Makes the figures of that test the ones that later ones are told beside. */
  readonly recordBaseline: boolean;
}

/** `bench api`: the API as a process of its own beside the floor, under load and on a large database. */
export async function benchApi(bench: Bench, options: ApiBenchOptions): Promise<Section[]> {
  const { requests } = options;
  const world = await createBenchWorld(bench, options.stages);
  const sections: Section[] = [];
  const add = (title: string, lines: Line[]) => sections.push({ title, lines, parts: undefined });
  await withApi(bench, { database: world.database }, async (measured) => {
    if (!options.quick) {
      const large = await createBenchWorld(bench, options.largeStages);
      add(...(await onLarge(bench, { world, url: measured.url }, large)));
      await bench.server.dropDatabase(large.database);
    }
    await withApi(bench, { database: world.database, records: true }, async (recording) => {
      const amounts = { reads: requests, writes: Math.ceil(requests / 5) };
      const lines = await measureProcedures(bench, world, { measured, recording }, amounts);
      add(`${countOf(world)}, ${CONNECTIONS} connections`, lines);
    });
    const imports = await measureImport(bench, world, measured);
    const memory = options.quick ? [] : [await measureImportMemory(bench, world)];
    add('import', [...imports, ...memory]);
    const { approvers, starters, importers } = LOAD_CLIENTS;
    const clients = `${starters} clients that start workflows, ${importers} that import, ${approvers} that decide`;
    const { seconds, recordBaseline: records } = options;
    add(clients, await runLoadTest(bench, world, measured, { seconds, records }));
  });
  add(`without a database, ${CONNECTIONS} connections`, await measureAdapter(bench, requests * 4));
  return sections;
}

async function onLarge(bench: Bench, small: ServedWorld, large: BenchWorld): Promise<[string, Line[]]> {
  const hot = await measureHotQueries(bench, large);
  const costs = await withApi(bench, { database: large.database }, ({ url }) =>
    measureListCosts(bench, small, { world: large, url }),
  );
  return [`${countOf(large)}, one call after another`, [...hot, ...costs]];
}

async function withApi<T>(
  bench: Bench,
  options: ApiProcessOptions,
  use: (api: ApiProcess) => Promise<T>,
): Promise<T> {
  const api = await startApiProcess(bench, options);
  try {
    return await use(api);
  } finally {
    await api.stop();
  }
}

function countOf({ stages }: BenchWorld): string {
  return `${stages.toLocaleString('en')} stages`;
}

import type { Bench } from '../bench.ts';
import { interleave } from '../interleave.ts';
import { isMet, type Line } from '../line.ts';
import { median } from '../median.ts';
import { timed } from '../stopwatch.ts';
import type { BenchWorld } from './bench-world.ts';
import { callApi, takesInput } from './call-api.ts';
import { callsOfList, type ListCall, readExampleValues, readListProcedures } from './list-calls.ts';

/** A world and the API that serves it. */
export interface ServedWorld {
  readonly world: BenchWorld;
  readonly url: string;
}

const CALLS = 15;
const WARM_UPS = 7;
const PAGE = 50;

/** What a page of each list costs in a large database beside a small one; of the filtered ones those that cost too much. */
export async function measureListCosts(
  bench: Bench,
  small: ServedWorld,
  large: ServedWorld,
): Promise<Line[]> {
  const lists = await readListProcedures(small.url);
  const [smallExamples, largeExamples] = [await examplesOf(bench, small), await examplesOf(bench, large)];
  const lines: Line[] = [];
  for (const list of lists) {
    const pairs = pairsOf(callsOfList(list, smallExamples), callsOfList(list, largeExamples));
    bench.note(
      pairs.length === 0 ? `${list.procedure} is left out: nothing to call it with` : list.procedure,
    );
    for (const [inSmall, inLarge] of pairs) {
      if (!(await takesInput(small.url, inSmall, small.world.busiest))) continue;
      const line = await measureCall(small, large, inSmall, inLarge);
      if (!inSmall.narrows || isMet(line) === false) lines.push(line);
    }
  }
  return lines;
}

function examplesOf({ server }: Bench, { world }: ServedWorld) {
  return server.withClient(world.database, (client) => readExampleValues(client, world));
}

function pairsOf(first: ListCall[] | null, second: ListCall[] | null): [ListCall, ListCall][] {
  const byName = new Map(second?.map((call) => [call.name, call]));
  return (first ?? []).flatMap((call) => {
    const other = byName.get(call.name);
    return other === undefined ? [] : [[call, other]];
  });
}

/** Pages with as many rows in both, as far as there are. */
async function measureCall(
  small: ServedWorld,
  large: ServedWorld,
  inSmall: ListCall,
  inLarge: ListCall,
): Promise<Line> {
  const full = await callApi(small.url, limited(inSmall, PAGE), small.world.busiest);
  const limit = Math.max(1, rowsOf(full));
  const call =
    ({ url, world }: ServedWorld, list: ListCall) =>
    () =>
      callApi(url, limited(list, limit), world.busiest);
  for (let warmUp = 0; warmUp < WARM_UPS; warmUp += 1) {
    await call(small, inSmall)();
    await call(large, inLarge)();
  }
  const { reference, ours } = await interleave(
    CALLS,
    () => timed(call(small, inSmall)),
    () => timed(call(large, inLarge)),
  );
  return {
    measure: `${inSmall.name}, ${limit} rows`,
    against: `${small.world.stages.toLocaleString('en')} stages`,
    unit: 'ms',
    reference: median(reference),
    ours: median(ours),
    goal: { ratio: 1.3 },
  };
}

function limited(call: ListCall, limit: number): ListCall {
  return { ...call, input: { ...call.input, limit } };
}

function rowsOf(page: unknown): number {
  const isPage = typeof page === 'object' && page !== null && 'items' in page;
  return isPage && Array.isArray(page.items) ? page.items.length : 0;
}

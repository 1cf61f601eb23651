import type { Bench } from '../bench.ts';
import { BenchError } from '../bench-error.ts';
import type { Line } from '../line.ts';
import { median } from '../median.ts';
import type { SeededDatabase } from '../server/seeded-database.ts';
import { createBenchProject } from './bench-project.ts';
import { watchWrites } from './watch-writes.ts';

const LIMIT_MS = 100;

/** How long nobody can reach the target while a deployment is taken back after its commit. */
export async function measureSwapBack(bench: Bench, seeded: SeededDatabase): Promise<Line[]> {
  const { server } = bench;
  const locked: number[] = [];
  const waits: number[] = [];
  const project = await createBenchProject(bench, { name: 'swap', database: 'target' });
  for (let run = 0; run < bench.runs; run += 1) {
    bench.note('deploy rollback after a deployment');
    await server.createDatabase('target', seeded.name);
    await project.run(['run', '--accept-hold', 'benchmark']);
    const { result, watch } = await watchWrites(server.url('target'), () => project.run(['rollback']));
    const rollback = result.report?.rollback;
    if (rollback?.quarantine == null) throw new BenchError('The rollback did not swap.');
    locked.push(rollback.lockedMs ?? Number.NaN);
    waits.push(watch.longestWaitMs);
    await project.clear();
    await server.dropDatabase('target');
    await server.dropDatabase(rollback.quarantine);
  }
  const line = { against: 'the limit', unit: 'ms' as const, reference: LIMIT_MS };
  return [
    {
      ...line,
      measure: 'swap back, target locked',
      ours: median(locked),
      goal: { limit: LIMIT_MS },
    },
    { ...line, measure: "swap back, a client's longest wait", ours: median(waits) },
  ];
}

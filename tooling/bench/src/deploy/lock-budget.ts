import type { Bench } from '../bench.ts';
import { BenchError } from '../bench-error.ts';
import type { Line } from '../line.ts';
import { median } from '../median.ts';
import type { SeededDatabase } from '../server/seeded-database.ts';
import { createBenchProject } from './bench-project.ts';
import { watchWrites } from './watch-writes.ts';

/** A budget below one transaction's locks, and above those of any phase. */
const SHARE = 0.5;
/** Where the keys are validated quicker than that, phases gain nothing. */
const WORTH_IT_MS = 1_500;
const NO_BUDGET_MS = 3_600_000;

/**
 * The pending migrations, deployed in phases and in one transaction, while a client writes all the time. No lines where the
 * database is too small for it to matter.
 */
export async function measureLockBudget(bench: Bench, seeded: SeededDatabase): Promise<Line[]> {
  const together: { longestWaitMs: number; forecastMs: number }[] = [];
  const phased: { longestWaitMs: number; forecastMs: number }[] = [];
  for (let run = 0; run < bench.runs; run += 1) {
    bench.note(`${seeded.name}: deploy run in one transaction`);
    together.push(await deploy(bench, seeded, NO_BUDGET_MS));
    const forecastMs = median(together.map((one) => one.forecastMs));
    if (forecastMs < WORTH_IT_MS) return [];
    bench.note(`${seeded.name}: deploy run in phases`);
    phased.push(await deploy(bench, seeded, Math.round(forecastMs * SHARE)));
  }
  const wait = (runs: typeof phased) => median(runs.map(({ longestWaitMs }) => longestWaitMs));
  const limit = Math.round(median(together.map(({ forecastMs }) => forecastMs)) * SHARE);
  return [
    {
      measure: "in phases, a client's longest wait",
      against: 'in one transaction',
      unit: 'ms',
      reference: wait(together),
      ours: wait(phased),
      goal: { limit },
    },
    {
      measure: 'in one transaction, the forecast',
      against: "a client's longest wait",
      unit: 'ms',
      reference: wait(together),
      ours: median(together.map(({ forecastMs }) => forecastMs)),
    },
  ];
}

async function deploy(
  bench: Bench,
  seeded: SeededDatabase,
  maxLockMs: number,
): Promise<{ longestWaitMs: number; forecastMs: number }> {
  const { server } = bench;
  await server.createDatabase('target', seeded.name);
  const project = await createBenchProject(bench, { name: 'lock-budget', database: 'target', maxLockMs });
  try {
    const { result, watch } = await watchWrites(server.url('target'), () =>
      project.run(['run', '--accept-hold', 'benchmark']),
    );
    const { lockBudget } = result.report ?? {};
    if (lockBudget === undefined || lockBudget === null)
      throw new BenchError('The report should have told what the rehearsal measured of locks.');
    const phases = lockBudget.phased ?? lockBudget.together;
    const blocked = phases.flatMap(({ forecast }) => forecast.map(({ writesBlockedMs }) => writesBlockedMs));
    return { longestWaitMs: watch.longestWaitMs, forecastMs: Math.max(0, ...blocked) };
  } finally {
    await project.clear();
    await server.dropDatabase('target');
  }
}

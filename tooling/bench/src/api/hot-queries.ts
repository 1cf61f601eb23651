import { configLookup, pendingTasks, runValidationSuite, slaScan } from '@apms/db/checks';
import type { Bench } from '../bench.ts';
import type { Line } from '../line.ts';
import type { BenchWorld } from './bench-world.ts';

/** The three benchmark queries, as the check N1 of the validation suite runs them. */
export async function measureHotQueries({ server }: Bench, { database }: BenchWorld): Promise<Line[]> {
  return await server.withClient(database, async (client) => {
    await client.query('begin');
    const checks = await runValidationSuite(client, { codes: ['N1'], orphans: 'trust-validated' });
    await client.query('rollback');
    const figures = checks.find(({ code }) => code === 'N1')?.figures ?? {};
    return [pendingTasks, slaScan, configLookup].map(({ name, limitMs }) => ({
      measure: `${name}, ${figures[`${name}Rows`] ?? 0} rows`,
      against: 'the limit',
      unit: 'ms',
      reference: limitMs,
      ours: Number(figures[`${name}Ms`]),
      goal: { limit: limitMs },
    }));
  });
}

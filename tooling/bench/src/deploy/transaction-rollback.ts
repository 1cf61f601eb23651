import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { migrationsDirectory } from '@apms/db';
import type { Bench } from '../bench.ts';
import { BenchError } from '../bench-error.ts';
import type { Line } from '../line.ts';
import { median } from '../median.ts';
import type { SeededDatabase } from '../server/seeded-database.ts';
import { timed } from '../stopwatch.ts';
import { type BenchProject, createBenchProject } from './bench-project.ts';
import { watchWrites } from './watch-writes.ts';

/** Passes the rehearsal and fails on the target, saying when. */
const FAILING = `-- Why: measures a rollback. Undo: nothing remains of it.
alter table workspaces add column bench_note text;
do $$ begin
  if current_database() = 'target' then
    raise exception 'failed at %', extract(epoch from clock_timestamp())::float8 * 1000;
  end if;
end $$;
`;

/**
 * From the moment at which the last migration fails, everything before it applied, to the first write of a waiting client
 * that goes through; beside opening a session and asking it one thing.
 */
export async function measureTransactionRollback(bench: Bench, seeded: SeededDatabase): Promise<Line> {
  const { server } = bench;
  const migrations = join(bench.directory, 'failing-migrations');
  await cp(migrationsDirectory, migrations, { recursive: true });
  await mkdir(join(migrations, '29991231000000_fails'));
  await writeFile(join(migrations, '29991231000000_fails/migration.sql'), FAILING);
  const roundTrips: number[] = [];
  const rollbacks: number[] = [];
  const project = await createBenchProject(bench, { name: 'failing', database: 'target', migrations });
  for (let run = 0; run < bench.runs; run += 1) {
    bench.note('deploy run that fails inside its transaction');
    await server.createDatabase('target', seeded.name);
    roundTrips.push(await timed(() => server.withClient('target', (client) => client.query('select 1'))));
    rollbacks.push(await rollBackOnce(server.url('target'), project));
    await project.clear();
    await server.dropDatabase('target');
  }
  return {
    measure: 'rollback inside the transaction',
    against: 'connect, select 1',
    unit: 'ms',
    reference: median(roundTrips),
    ours: median(rollbacks),
    goal: { ratio: 2 },
  };
}

async function rollBackOnce(url: string, project: BenchProject): Promise<number> {
  const { result, watch } = await watchWrites(url, () =>
    project.run(['run', '--accept-hold', 'benchmark'], { exitCode: 1 }),
  );
  const message = result.report?.failure?.message ?? '';
  const failedAt = Number(/failed at ([\d.]+)/.exec(message)?.[1]);
  const writtenAt = watch.writtenAt.find((at) => at > failedAt);
  if (writtenAt === undefined) {
    throw new BenchError(
      `The deployment should have failed in its transaction, but: ${result.report?.outcome} ${message}`,
    );
  }
  return writtenAt - failedAt;
}

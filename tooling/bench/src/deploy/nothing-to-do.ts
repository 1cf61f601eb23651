import { join } from 'node:path';
import { migrationsDirectory } from '@apms/db';
import { applyMigration } from '@apms/db/testing';
import type { Bench } from '../bench.ts';
import { interleave } from '../interleave.ts';
import type { Line } from '../line.ts';
import { median } from '../median.ts';
import { runProgram } from '../run-program.ts';
import { pendingMigrations, type SeededDatabase } from '../server/seeded-database.ts';
import { createBenchProject } from './bench-project.ts';

const DATABASE_PACKAGE = join(migrationsDirectory, '../..');
const PRISMA = join(DATABASE_PACKAGE, 'node_modules/.bin/prisma');

/** A run that finds everything applied, beside Prisma's own command in the same case; both as processes. */
export async function measureNothingToDo(bench: Bench, seeded: SeededDatabase): Promise<Line> {
  const { server, signal } = bench;
  bench.note('deploy run and prisma migrate deploy, nothing pending');
  await server.createDatabase('target', seeded.name);
  const project = await createBenchProject(bench, { name: 'nothing', database: 'target' });
  const env = { DATABASE_URL: server.url('target'), TMPDIR: bench.directory };
  try {
    await server.withClient('target', async (client) => {
      for (const { name, script } of await pendingMigrations()) await applyMigration(client, name, script);
    });
    // The schema that the files build is known from the deployment before.
    await project.run(['run']);
    const { reference, ours } = await interleave(
      bench.runs + 2,
      () => runProgram(PRISMA, ['migrate', 'deploy'], { env, cwd: DATABASE_PACKAGE, signal }),
      () => project.run(['run']),
    );
    return {
      measure: 'nothing to do',
      against: 'prisma migrate deploy',
      unit: 'ms',
      reference: median(reference.map(({ ms }) => ms)),
      ours: median(ours.map(({ ms }) => ms)),
      goal: { ratio: 0.5 },
    };
  } finally {
    await project.clear();
    await server.dropDatabase('target');
  }
}

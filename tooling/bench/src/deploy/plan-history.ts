import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyMigration } from '@apms/db/testing';
import type { Bench } from '../bench.ts';
import { interleave } from '../interleave.ts';
import type { Line } from '../line.ts';
import { median } from '../median.ts';
import { type BenchProject, createBenchProject } from './bench-project.ts';

const [SHORT, LONG] = [10, 1_000];

/** The plan of one pending migration on a database with a long history, beside the same on one with a short one. */
export async function measurePlanHistory(bench: Bench): Promise<Line> {
  bench.note(`deploy plan with ${SHORT} and with ${LONG} applied migrations`);
  const [short, long] = [await projectWithHistory(bench, SHORT), await projectWithHistory(bench, LONG)];
  // The first one replays the history on an empty database, once for all that follow.
  for (const project of [short, long]) await project.run(['plan']);
  const { reference, ours } = await interleave(
    bench.runs + 2,
    () => short.run(['plan']),
    () => long.run(['plan']),
  );
  return {
    measure: `plan with ${LONG.toLocaleString('en')} applied migrations`,
    against: `with ${SHORT}`,
    unit: 'ms',
    reference: median(reference.map(({ ms }) => ms)),
    ours: median(ours.map(({ ms }) => ms)),
    goal: { ratio: 1.5 },
  };
}

async function projectWithHistory(bench: Bench, length: number): Promise<BenchProject> {
  const name = `history_${length}`;
  const migrations = join(bench.directory, `${name}-migrations`);
  await bench.server.createDatabase(name);
  await bench.server.withClient(name, async (client) => {
    for (let number = 0; number <= length; number += 1) {
      const migration = `${20_200_101_000_000 + number}_step`;
      const sql = statement(number);
      await mkdir(join(migrations, migration), { recursive: true });
      await writeFile(join(migrations, migration, 'migration.sql'), sql);
      if (number < length) await applyMigration(client, migration, Buffer.from(sql));
    }
  });
  return createBenchProject(bench, { name, database: name, migrations });
}

/** Ten tables, and then changes that leave the schema as large as it is: only the history differs. */
function statement(number: number): string {
  const table = `step_${number % SHORT}`;
  return number < SHORT
    ? `create table ${table} (id text primary key, note text);`
    : `alter table ${table} alter column note set default '${number}';`;
}

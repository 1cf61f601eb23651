import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import { BenchError } from '../bench-error.ts';
import { interleave } from '../interleave.ts';
import type { Line } from '../line.ts';
import { median } from '../median.ts';
import { runProgram } from '../run-program.ts';
import type { Section } from '../section.ts';
import { type BenchProject, createBenchProject } from './bench-project.ts';

const TABLES = 4;
/** As the server stores a row of {@link fillSql}, index included. */
const BYTES_PER_ROW = 240;

/** Random keys as text, which is what most of a production database is and what no compression makes much smaller. */
function fillSql(table: string, rows: number): string {
  return `
    create table ${table} as
      select gen_random_uuid()::text as id, gen_random_uuid()::text as workspace_id, gen_random_uuid()::text as parent_id,
             now() as created_at, 'PENDING' as status
        from generate_series(1, ${rows});
    alter table ${table} add primary key (id);`;
}

/** A backup of rows that are mostly random keys, beside `pg_dump -Fc` of the same. */
export async function measureUuidBackup(bench: Bench, sizeMb: number): Promise<Section> {
  const { server, tools, signal } = bench;
  const rows = Math.ceil((sizeMb * 1e6) / BYTES_PER_ROW / TABLES);
  const dump = join(bench.directory, 'bare.dump');
  bench.note(`backup and pg_dump of about ${sizeMb} MB of random keys`);
  await server.createDatabase('target');
  const sizeBytes = await server.withClient('target', async (client) => {
    for (let table = 1; table <= TABLES; table += 1) await client.query(fillSql(`keys_${table}`, rows));
    await client.query('vacuum analyze');
    await client.query('checkpoint');
    const { rows: size } = await client.query<{ bytes: string }>(
      'select pg_database_size(current_database()) as bytes',
    );
    return Number(size[0]?.bytes);
  });
  const project = await createBenchProject(bench, { name: 'backup', database: 'target' });
  try {
    const { reference, ours } = await interleave(
      bench.runs,
      async () => {
        const env = server.environment('target');
        const { ms } = await runProgram(tools.pgDump, ['-Fc', '-f', dump], { env, signal });
        return { ms, bytes: (await stat(dump)).size };
      },
      () => backUp(project),
    );
    const against = 'pg_dump -Fc';
    const lines: Line[] = [
      {
        measure: 'backup, time',
        against,
        unit: 'ms',
        reference: median(reference.map(({ ms }) => ms)),
        ours: median(ours.map(({ ms }) => ms)),
        goal: { ratio: 0.25 },
      },
      {
        measure: 'backup, size',
        against,
        unit: 'bytes',
        reference: median(reference.map(({ bytes }) => bytes)),
        ours: median(ours.map(({ bytes }) => bytes)),
        goal: { ratio: 1 },
      },
    ];
    const title = `${Math.round(sizeBytes / 1e6).toLocaleString('en')} MB of random keys`;
    return { title, lines, parts: undefined };
  } finally {
    await rm(dump, { force: true });
    await project.clear();
    await server.dropDatabase('target');
  }
}

/** A backup with its manifest; the tool's own start, which a deployment has once, is not in the time. */
async function backUp(project: BenchProject): Promise<{ ms: number; bytes: number }> {
  const { stdout } = await project.run(['backup', 'create']);
  const { durationMs, sizeBytes } = JSON.parse(stdout);
  await project.clear();
  if (typeof durationMs !== 'number' || typeof sizeBytes !== 'number') {
    throw new BenchError(`The backup should have told its duration and size, but: ${stdout}`);
  }
  return { ms: durationMs, bytes: sizeBytes };
}

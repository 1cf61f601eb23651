import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import { runProgram } from '../run-program.ts';
import { pendingMigrations, type SeededDatabase } from '../server/seeded-database.ts';
import { watchWrites } from './watch-writes.ts';

/** The unavoidable parts of a deployment, each run bare, in milliseconds. */
export interface BareDeployment {
  readonly dumpMs: number;
  readonly dumpBytes: number;
  readonly restoreMs: number;
  readonly scratchMs: number;
  readonly targetMs: number;
  /** How long a client waited while the migrations ran on the target. */
  readonly longestWaitMs: number;
}

/** Dumps, restores and migrates with PostgreSQL's own programs and nothing else. */
export async function runBareDeployment(bench: Bench, seeded: SeededDatabase): Promise<BareDeployment> {
  const { server, tools, signal } = bench;
  const dump = join(bench.directory, 'bare.dump');
  const files = (await pendingMigrations()).flatMap(({ file }) => ['-f', file]);
  const program = (file: string, args: readonly string[], database: string) =>
    runProgram(file, args, { env: server.environment(database), signal });
  const migrate = (database: string) =>
    program(tools.psql, ['-X', '-q', '-1', '-v', 'ON_ERROR_STOP=1', ...files], database);

  await server.createDatabase('target', seeded.name);
  await server.createDatabase('scratch');
  try {
    const { ms: dumpMs } = await program(tools.pgDump, ['-Fc', '-f', dump], 'target');
    const { ms: restoreMs } = await program(tools.pgRestore, ['-j2', '-d', 'scratch', dump], 'scratch');
    const { ms: scratchMs } = await migrate('scratch');
    const { result, watch } = await watchWrites(server.url('target'), () => migrate('target'));
    return {
      dumpMs,
      dumpBytes: (await stat(dump)).size,
      restoreMs,
      scratchMs,
      targetMs: result.ms,
      longestWaitMs: watch.longestWaitMs,
    };
  } finally {
    await rm(dump, { force: true });
    await server.dropDatabase('scratch');
    await server.dropDatabase('target');
  }
}

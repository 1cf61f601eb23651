import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { migrationsDirectory } from '@apms/db';
import { DeploymentReport } from '@apms/validators';
import type { Bench } from '../bench.ts';
import { deployProgram } from '../deploy-program.ts';
import { type ProgramRun, runProgram } from '../run-program.ts';

/** What a command of the deploy tool took, and its report where it made one. */
export interface DeployRun extends ProgramRun {
  readonly report: DeploymentReport | undefined;
}

/** A directory with a configuration from which the deploy tool is run as a process of its own. */
export interface BenchProject {
  /** @throws {BenchError} when it exits with another code than 0, or the one expected. */
  run(args: readonly string[], expected?: { exitCode: number }): Promise<DeployRun>;
  /** Forgets backups, reports and the schemas that were built before. */
  clear(): Promise<void>;
}

const DOCUMENTATION = join(migrationsDirectory, '../../../../docs');

/** Makes a project whose target `bench` is the database; `migrations` are the repository's own unless named. */
export async function createBenchProject(
  { directory, server, signal }: Bench,
  options: { name: string; database: string; migrations?: string; maxLockMs?: number },
): Promise<BenchProject> {
  const root = join(directory, options.name);
  const config = {
    migrations: options.migrations ?? migrationsDirectory,
    documentation: DOCUMENTATION,
    // Nothing is on HOLD because the machine is slow.
    targets: { bench: { urlVariable: 'BENCH_DATABASE_URL', maxLockMs: options.maxLockMs ?? 3_600_000 } },
  };
  await mkdir(root, { recursive: true });
  await writeFile(join(root, 'package.json'), '{ "type": "module" }\n');
  await writeFile(join(root, 'deploy.config.ts'), `export default ${JSON.stringify(config)};\n`);
  const env = { BENCH_DATABASE_URL: server.url(options.database), TMPDIR: directory };
  return {
    async run(args, expected) {
      const all = [...args, '--env', 'bench', '--json', '--yes'];
      const run = await runProgram(deployProgram, all, { env, cwd: root, signal, ...expected });
      return { ...run, report: readReport(run.stdout) };
    },
    clear: () => rm(join(root, '.deploy'), { recursive: true, force: true }),
  };
}

function readReport(stdout: string): DeploymentReport | undefined {
  const last: unknown = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? 'null');
  if (typeof last !== 'object' || last === null || !('report' in last)) return undefined;
  return DeploymentReport.parse(last.report);
}

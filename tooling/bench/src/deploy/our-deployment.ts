import type { DeploymentReport } from '@apms/validators';
import type { Bench } from '../bench.ts';
import { BenchError } from '../bench-error.ts';
import type { SeededDatabase } from '../server/seeded-database.ts';
import { createBenchProject } from './bench-project.ts';
import { watchWrites } from './watch-writes.ts';

/** A whole deployment by the tool. */
export interface OurDeployment {
  readonly ms: number;
  readonly peakBytes: number;
  readonly lockedMs: number;
  /** How long a client waited that wrote all through the deployment. */
  readonly longestWaitMs: number;
  readonly backupMs: number;
  readonly backupBytes: number;
  readonly steps: DeploymentReport['steps'];
}

/** Deploys to a copy of the database with nothing remembered from earlier runs. */
export async function runOurDeployment(bench: Bench, seeded: SeededDatabase): Promise<OurDeployment> {
  const { server } = bench;
  await server.createDatabase('target', seeded.name);
  const project = await createBenchProject(bench, { name: 'deployment', database: 'target' });
  try {
    const { result, watch } = await watchWrites(server.url('target'), () =>
      project.run(['run', '--accept-hold', 'benchmark']),
    );
    const { report } = result;
    if (report?.outcome !== 'deployed' || report.backup === null) {
      throw new BenchError(`The deployment ended as ${report?.outcome}: ${report?.failure?.message ?? ''}`);
    }
    return {
      ms: result.ms,
      peakBytes: result.peakBytes,
      lockedMs: report.lockedMs ?? 0,
      longestWaitMs: watch.longestWaitMs,
      backupMs: report.backup.durationMs,
      backupBytes: report.backup.sizeBytes,
      steps: report.steps,
    };
  } finally {
    await project.clear();
    await server.dropDatabase('target');
  }
}

import type { DeploymentReport } from '@apms/validators';
import { DeployError } from '../failure.ts';
import { type CommandOptions, withRun } from '../open-run.ts';
import { createReporter } from '../reporter/create-reporter.ts';
import { deploy } from '../run.ts';
import { confirm } from './confirm.ts';

export interface RunOptions extends CommandOptions {
  acceptHold?: string;
}

/** `deploy run`: the whole deployment. */
export async function runCommand(options: RunOptions): Promise<number> {
  if (options.acceptHold?.trim() === '') {
    throw new DeployError({
      code: 'USAGE_INVALID',
      problem: '--accept-hold needs a reason, which is recorded.',
      next: 'Say why the HOLD is acceptable.',
    });
  }
  const reporter = await createReporter(options);
  return withRun('deploy', options, { journaled: true, show: reporter.event }, async (run) => {
    const report: DeploymentReport = await deploy(run, {
      acceptHold: options.acceptHold ?? null,
      confirm: async ({ pending }) => {
        if (options.yes || options.json || run.target.embedded || !process.stdin.isTTY) return true;
        return confirm(
          `Apply ${pending.map(({ name }) => name).join(', ')} to ${run.target.name}?`,
          run.signal,
        );
      },
    });
    await reporter.finished(report, run.directory);
    return report.exitCode;
  });
}

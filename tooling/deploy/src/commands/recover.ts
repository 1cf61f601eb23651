import { EXIT_CODES } from '../exit-codes.ts';
import { explain } from '../explain.ts';
import { DeployError } from '../failure.ts';
import { type CommandOptions, withRun } from '../open-run.ts';
import { describeRecovery } from '../recovery/describe-recovery.ts';
import type { WayBack } from '../recovery/recover-run.ts';
import { type Recovery, recoverTarget } from '../recovery/recover-target.ts';
import { reviveTarget } from '../recovery/revive-target.ts';
import { createReporter } from '../reporter/create-reporter.ts';
import type { Run } from '../run-context.ts';
import { withDeploymentLock } from '../steps/lock.ts';
import { confirm } from './confirm.ts';

export interface RecoverOptions extends CommandOptions {
  keep?: string;
}

/**
 * `deploy recover`: brings every run of a target to its end whose process was killed, and says for each whether the
 * target is on the old or the new schema. Again, it finds nothing to do.
 */
export async function recoverCommand(options: RecoverOptions): Promise<number> {
  if (options.keep?.trim() === '') {
    throw new DeployError({
      code: 'USAGE_INVALID',
      problem: '--keep needs a reason, which is recorded.',
      next: 'Say why the target is to stay as it stands.',
    });
  }
  const { event } = await createReporter(options);
  const wayBack: WayBack =
    options.keep !== undefined ? { keep: options.keep } : options.yes ? 'swap-back' : 'refuse';
  return withRun('recover', options, { journaled: false, show: event }, async (run) => {
    await reviveTarget(run);
    const recovery = await recoverOrAsk(run, wayBack, options, event);
    const failed = recovery.runs.find(({ report }) => report?.outcome === 'rollback-failed');
    if (options.json) {
      const runs = recovery.runs.map(({ id, command, report }) => ({
        id,
        command,
        outcome: report?.outcome ?? null,
        quarantine: report?.rollback?.quarantine ?? null,
      }));
      const line = { type: 'recovery', target: run.target.name, runs, removed: recovery.removed };
      process.stdout.write(`${JSON.stringify(line)}\n`);
    } else {
      const told = describeRecovery(run.target.name, recovery);
      process.stdout.write(`${told.join('\n') || `nothing to recover: ${run.target.name}`}\n`);
    }
    return failed === undefined ? 0 : EXIT_CODES['rollback-failed'];
  });
}

async function recoverOrAsk(
  run: Run,
  wayBack: WayBack,
  { json }: RecoverOptions,
  show: Parameters<typeof recoverTarget>[2],
): Promise<Recovery> {
  const recover = (way: WayBack) => withDeploymentLock(run, () => recoverTarget(run, way, show));
  try {
    return await recover(wayBack);
  } catch (error) {
    const failure = error instanceof DeployError ? error.failure : undefined;
    if (failure?.code !== 'RECOVERY_NEEDED' || json || !process.stdin.isTTY) throw error;
    if (!(await confirm(`${explain(failure)}\nSwap back now?`, run.signal))) throw error;
    return recover('swap-back');
  }
}

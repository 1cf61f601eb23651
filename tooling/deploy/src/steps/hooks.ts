import { execa } from 'execa';
import type { HookCommand } from '../config.ts';
import { tail } from '../exec.ts';
import { DeployError } from '../failure.ts';
import type { Run } from '../run-context.ts';

/**
 * Runs an environment's hook commands one after another, without a shell, in the directory of `deploy.config.ts`.
 * They are told which deployment they belong to by `DEPLOY_ID`, `DEPLOY_TARGET` and `DEPLOY_PHASE`.
 * @throws {HOOK_FAILED} at the first that exits non-zero or takes too long.
 */
export async function runHooks(run: Run, phase: 'before' | 'smoke' | 'after'): Promise<void> {
  for (const { command, timeoutMs } of run.target.settings.hooks[phase]) {
    const [file = '', ...args] = command;
    const result = await execa(file, args, {
      cwd: run.config.root,
      env: { DEPLOY_ID: run.id, DEPLOY_TARGET: run.target.name, DEPLOY_PHASE: phase },
      stdin: 'ignore',
      all: true,
      reject: false,
      timeout: timeoutMs,
      forceKillAfterDelay: 2_000,
    });
    if (!result.failed) continue;
    throw new DeployError({
      code: 'HOOK_FAILED',
      hook: command.join(' '),
      exitCode: result.exitCode ?? null,
      timedOut: result.timedOut,
      output: tail(result.all ?? '') || tail(result.shortMessage ?? ''),
    });
  }
}

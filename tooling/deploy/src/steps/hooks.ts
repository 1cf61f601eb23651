import type { HookRun } from '@apms/validators';
import { execa } from 'execa';
import type { HookCommand } from '../config.ts';
import { apart, tail } from '../exec.ts';
import { DeployError } from '../failure.ts';
import type { Record } from '../record.ts';
import type { Run } from '../run-context.ts';
import { traceparentOf } from '../telemetry/open-trace.ts';

/** How long a command that took too long may take to end. */
const GRACE_MS = 2_000;

/**
 * Runs an environment's hook commands one after another, without a shell, in the directory of `deploy.config.ts`.
 * They are told which deployment they belong to by `DEPLOY_ID`, `DEPLOY_TARGET` and `DEPLOY_PHASE`, and
 * which trace by `TRACEPARENT`; what they write is shown.
 * @throws {HOOK_FAILED} at the first that exits non-zero or takes too long.
 */
export async function runHooks(run: Run, record: Record, phase: HookRun['phase']): Promise<void> {
  for (const hook of run.target.settings.hooks[phase]) {
    const startedAt = new Date();
    const result = await apart(() => runHook(run, phase, hook));
    record.hooks.push({
      phase,
      command: hook.command.join(' '),
      startedAt: startedAt.toISOString(),
      durationMs: Date.now() - startedAt.getTime(),
      exitCode: result.exitCode ?? null,
      timedOut: result.timedOut,
    });
    const output = tail(result.all ?? '');
    if (result.failed) {
      throw new DeployError({
        code: 'HOOK_FAILED',
        hook: hook.command.join(' '),
        exitCode: result.exitCode ?? null,
        timedOut: result.timedOut,
        // One that never ran, or was killed, says nothing itself.
        output:
          output || (result.timedOut || result.exitCode !== undefined ? '' : tail(result.shortMessage ?? '')),
      });
    }
    if (output !== '')
      run.emit({ type: 'note', level: 'info', message: `${phase} "${hook.command.join(' ')}": ${output}` });
  }
}

async function runHook(run: Run, phase: string, { command, timeoutMs }: HookCommand) {
  const [file = '', ...args] = command;
  const subprocess = execa(file, args, {
    cwd: run.config.root,
    env: {
      DEPLOY_ID: run.id,
      DEPLOY_TARGET: run.target.name,
      DEPLOY_PHASE: phase,
      ...(run.trace && { TRACEPARENT: traceparentOf(run.trace) }),
    },
    stdin: 'ignore',
    // A group of its own: Ctrl-C on the terminal is the tool's business, and a time-out ends what the command started.
    detached: true,
    all: true,
    reject: false,
  });
  let timedOut = false;
  const timers = [
    setTimeout(() => {
      timedOut = true;
      endGroup(subprocess.pid, 'SIGTERM');
    }, timeoutMs),
    setTimeout(() => endGroup(subprocess.pid, 'SIGKILL'), timeoutMs + GRACE_MS),
  ];
  try {
    const { all, failed, exitCode, signal, shortMessage } = await subprocess;
    return { all, failed: failed || timedOut, exitCode, signal, shortMessage, timedOut };
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
}

function endGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended by itself.
  }
}

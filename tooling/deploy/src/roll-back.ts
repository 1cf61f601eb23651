import type { DeploymentOutcome, DeploymentReport } from '@apms/validators';
import type { Backup } from './backup/backup.ts';
import { describeRollback } from './describe-step.ts';
import { exitCodeOf, outcomeOf } from './exit-codes.ts';
import { explain } from './explain.ts';
import { DeployError, type Failure, toFailure } from './failure.ts';
import { openRecord, type Record, toReport } from './record.ts';
import type { Run } from './run-context.ts';
import { runStep } from './run-step.ts';
import { finish } from './steps/finish.ts';
import { withLockStep } from './steps/lock.ts';
import { type SwapBackOptions, swapBack } from './steps/swap-back.ts';

type Options = Omit<SwapBackOptions, 'onWarning'>;

/**
 * The step `rollback` of a run: swaps the target back to the backup.
 * @param before what led to it; undefined when somebody asked for it.
 * @throws {ROLLBACK_FAILED} naming the target, the backup and the next command; the target is as it was before the step.
 */
export async function rollBack(
  run: Run,
  record: Record,
  backup: Backup,
  { before, ...options }: Options & { before: Failure | undefined },
): Promise<void> {
  const onWarning = (warning: string) => void record.warnings.push(warning);
  try {
    record.rollback = await runStep(
      run,
      record,
      'rollback',
      () => swapBack(run, backup, { ...options, onWarning }),
      describeRollback,
    );
  } catch (error) {
    const { name } = run.target;
    const failure = toFailure(error);
    const command = `pnpm deploy:rollback --env ${name} --to`;
    throw new DeployError(
      {
        code: 'ROLLBACK_FAILED',
        target: name,
        backup: backup.location,
        cause: `${before === undefined ? '' : `${firstLine(before)}\n`}${swapFailed(failure)} ${explain(failure)}`,
        next: ['BACKUP_DAMAGED', 'RESTORE_DIFFERS'].includes(failure.code)
          ? `see what else there is to go back to with pnpm backup:list --env ${name}, then run: ${command} DEPLOYMENT`
          : `mend the cause, then run: ${command} ${backup.id}`,
      },
      { cause: error },
    );
  }
}

function swapFailed({ code }: Failure): string {
  if (code === 'TARGET_DOWN') return 'The swap back to the backup failed.';
  return 'The swap back to the backup failed, and the target stays as it was before it:';
}

/** All of it has been told where it happened. */
function firstLine(failure: Failure): string {
  const [line = '', ...more] = explain(failure).split('\n');
  return more.length === 0 ? line : `${line} …`;
}

/** Swaps the target back to a backup, outside any deployment; the same promises and the same report. Never throws. */
export async function rollBackTo(run: Run, backup: Backup, options: Options): Promise<DeploymentReport> {
  const record = openRecord('rollback');
  record.backup = backup;
  let outcome: DeploymentOutcome = 'rolled-back';
  let exitCode = 0;
  try {
    await withLockStep(run, record, () => rollBack(run, record, backup, { ...options, before: undefined }));
    record.backupProven = true;
  } catch (error) {
    const failure = toFailure(error);
    record.failure = failure;
    outcome = outcomeOf(failure.code);
    exitCode = exitCodeOf(failure.code);
  }
  return finish(run, record, () => toReport(run, record, outcome, exitCode));
}

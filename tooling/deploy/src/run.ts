import type { CheckResult, DeploymentOutcome, DeploymentReport } from '@apms/validators';
import type { Backup } from './backup/backup.ts';
import { createBackup } from './backup/create.ts';
import type { ClientTools } from './client-tools.ts';
import {
  describeApplied,
  describeBackup,
  describeChecks,
  describeHooks,
  describePlan,
  describeRehearsal,
  describeRollback,
  describeVerdict,
} from './describe-step.ts';
import { EXIT_CODES, exitCodeOf } from './exit-codes.ts';
import { explain } from './explain.ts';
import { DeployError, toFailure } from './failure.ts';
import { decide, type Verdict } from './gate.ts';
import { ApplyError } from './migrations/apply.ts';
import { openRecord, type Record, toReport } from './record.ts';
import type { Run } from './run-context.ts';
import { openStep, runStep } from './run-step.ts';
import { withBlockedWrites } from './steps/block-writes.ts';
import { finish } from './steps/finish.ts';
import { runHooks } from './steps/hooks.ts';
import { type DeploymentLock, withDeploymentLock } from './steps/lock.ts';
import { migrate } from './steps/migrate.ts';
import { assertUnchanged, type Plan, plan } from './steps/plan.ts';
import { documented, rehearse } from './steps/rehearse.ts';
import { settle } from './steps/settle.ts';
import { swapBack } from './steps/swap-back.ts';
import { assertVerified, verifyTarget } from './steps/verify.ts';

export interface DeployOptions {
  /** Asked once the plan is known and something is pending; false ends the run before its first write. */
  confirm: (planned: Plan) => Promise<boolean>;
  /** Why to go on in spite of a HOLD. */
  acceptHold: string | null;
}

/**
 * Deploys the pending migrations: the target ends on the new schema, proven, or as it was before, proven; the report
 * says which. Never throws: every failure is an outcome, and every outcome has a report on disk.
 */
export async function deploy(run: Run, options: DeployOptions): Promise<DeploymentReport> {
  const record = openRecord();
  let outcome: DeploymentOutcome;
  let exitCode: number;
  try {
    outcome = await pipeline(run, record, options);
    exitCode = EXIT_CODES[outcome];
  } catch (error) {
    const failure = toFailure(error);
    record.failure ??= failure;
    outcome =
      failure.code === 'LOCKED'
        ? 'locked'
        : failure.code === 'ROLLBACK_FAILED'
          ? 'rollback-failed'
          : 'failed';
    exitCode = exitCodeOf(failure.code);
  }
  return finish(run, record, () => toReport(run, record, outcome, exitCode));
}

/** Swaps the target back to a backup, outside any deployment; the same promises and the same report. */
export async function rollBackTo(
  run: Run,
  backup: Backup,
  options: { tools: ClientTools | undefined; transactionIds: string[] },
): Promise<DeploymentReport> {
  const record = openRecord();
  let outcome: DeploymentOutcome = 'rolled-back';
  let exitCode = 0;
  try {
    record.rollback = await withLockStep(run, record, () =>
      runStep(run, record, 'rollback', () => swapBack(run, backup, options), describeRollback),
    );
  } catch (error) {
    record.failure = toFailure(error);
    outcome = record.failure.code === 'LOCKED' ? 'locked' : 'failed';
    exitCode = exitCodeOf(record.failure.code);
  }
  return finish(run, record, () => toReport(run, record, outcome, exitCode));
}

async function pipeline(run: Run, record: Record, options: DeployOptions): Promise<DeploymentOutcome> {
  const planned = await runStep(run, record, 'plan', () => plan(run), describePlan);
  record.plan = planned;
  const verdict = gate(record, planned, options);
  if (verdict.decision === 'NO-GO') {
    record.verdict = verdict;
    return 'no-go';
  }
  if (planned.pending.length === 0) return 'nothing-to-do';
  if (!(await options.confirm(planned))) throw new DeployError({ code: 'CANCELLED', during: 'plan' });
  return withLockStep(run, record, async (lock) => {
    await assertUnchanged(run, planned);
    if (run.target.settings.writes === 'allow') return locked(run, record, planned, lock, options);
    await hooksBefore(run, record);
    return withBlockedWrites(run, () => locked(run, record, planned, lock, options));
  });
}

/** Takes the lock as a step of its own, which ends when the lock is held. */
async function withLockStep<T>(
  run: Run,
  record: Record,
  use: (lock: DeploymentLock) => Promise<T>,
): Promise<T> {
  const step = openStep(run, record, 'lock');
  let held = false;
  try {
    return await withDeploymentLock(run, async (lock) => {
      held = true;
      step.done('no other deployment can run on this target');
      return use(lock);
    });
  } catch (error) {
    if (!held) step.failed(error);
    throw error;
  }
}

async function hooksBefore(run: Run, record: Record): Promise<void> {
  record.hooksBegun = true;
  await runHooks(run, 'before');
}

/** Everything that needs the lock: from the backup to the proof, or back. */
async function locked(
  run: Run,
  record: Record,
  planned: Plan,
  lock: DeploymentLock,
  options: DeployOptions,
): Promise<DeploymentOutcome> {
  const { target } = run;
  const backup = await runStep(
    run,
    record,
    'backup',
    () =>
      createBackup(target, {
        id: run.id,
        directory: `${run.directory}/backup`,
        deployment: run.id,
        commit: run.commit.hash,
        tools: planned.tools,
        applicationName: run.applicationName,
        signal: run.signal,
        onProgress: (done, total) => run.emit({ type: 'step-progress', step: 'backup', done, total }),
      }),
    describeBackup,
  );
  record.backup = backup;
  if (target.settings.rehearse) {
    record.rehearsal = await runStep(
      run,
      record,
      'rehearse',
      () => rehearse(run, planned, backup),
      describeRehearsal,
    );
    record.backupProven = true;
  }
  const verdict = await runStep(
    run,
    record,
    'gate',
    async () => gate(record, planned, options),
    describeVerdict,
  );
  record.verdict = verdict;
  if (verdict.decision === 'NO-GO') return 'no-go';
  if (verdict.decision === 'HOLD' && verdict.acceptedHold === null) return 'hold';

  try {
    await lock.assertHeld();
    if (target.settings.writes === 'allow') await hooksBefore(run, record);
    const settled = await runStep(
      run,
      record,
      'migrate',
      () => migrateOrSettle(run, record, planned),
      describeApplied,
    );
    if (settled === 'unchanged') return 'rolled-back';
    await runStep(run, record, 'verify', () => verify(run, record, planned), describeChecks);
    await runStep(
      run,
      record,
      'smoke',
      () => runHooks(run, 'smoke'),
      () => describeHooks(target.settings.hooks.smoke.length),
    );
    return 'deployed';
  } catch (error) {
    record.failure = toFailure(error instanceof ApplyError ? error.cause : error);
    if (error instanceof ApplyError) record.applied = error.applied;
    if (record.applied === undefined) throw error;
    await rollBack(run, record, planned);
    return 'rolled-back';
  }
}

/** Migrates; a failure that left nothing behind is a result, one that did is thrown. */
async function migrateOrSettle(run: Run, record: Record, planned: Plan): Promise<'migrated' | 'unchanged'> {
  try {
    const { applied, checks } = await migrate(run, planned, record.rehearsal);
    record.applied = applied;
    record.transactionChecks = checks;
    return 'migrated';
  } catch (error) {
    if (!(error instanceof ApplyError)) throw error;
    const settled = await settle(run, planned, error).catch((unsettled: unknown) => {
      throw settleFailed(run, record, error, unsettled);
    });
    if (settled.state === 'migrated') {
      record.applied = settled.applied;
      record.warnings.push(
        'The connection was lost around the commit, which had arrived: the deployment goes on.',
      );
      return 'migrated';
    }
    if (settled.state === 'changed') throw error;
    record.failure = toFailure(error.cause);
    record.warnings.push(...settled.warnings);
    record.rollback = {
      way: error.way,
      verified: settled.warnings.length === 0,
      quarantine: null,
      lockedMs: null,
      leftBehind: [],
    };
    return 'unchanged';
  }
}

/** What a migration left behind could not be undone, or not even looked at: only a person can go on from here. */
function settleFailed(run: Run, { backup }: Record, error: ApplyError, unsettled: unknown): DeployError {
  const { target, id } = run;
  const byHand =
    error.inverses.length === 0
      ? `see where the target stands (pnpm deploy:status --env ${target.name})`
      : `undo by hand what ran outside the transaction (${error.inverses.join('; ')})`;
  return new DeployError(
    {
      code: 'ROLLBACK_FAILED',
      target: target.name,
      backup: backup?.directory ?? null,
      cause: `${explain(toFailure(error.cause))} What it left could then not be undone: ${explain(toFailure(unsettled))}`,
      next: `when the cause is gone, ${byHand}, or go back to the backup: pnpm deploy:rollback --env ${target.name} --to ${id}`,
    },
    { cause: unsettled },
  );
}

async function verify(run: Run, record: Record, planned: Plan): Promise<readonly CheckResult[]> {
  const { checks, rowCounts } = await verifyTarget(run, documented(run, planned));
  record.targetChecks = checks;
  record.rowsAfter = rowCounts;
  assertVerified(checks);
  return checks;
}

async function rollBack(run: Run, record: Record, planned: Plan): Promise<void> {
  const { backup, applied } = record;
  if (backup === undefined) throw new Error('nothing was backed up');
  try {
    record.rollback = await runStep(
      run,
      record,
      'rollback',
      () => swapBack(run, backup, { tools: planned.tools, transactionIds: applied?.transactionIds ?? [] }),
      describeRollback,
    );
  } catch (error) {
    throw new DeployError(
      {
        code: 'ROLLBACK_FAILED',
        target: run.target.name,
        backup: backup.directory,
        cause: `${explain(record.failure ?? toFailure(error))} The swap back then failed: ${explain(toFailure(error))}`,
        next: `Mend the cause, then run: pnpm deploy:rollback --env ${run.target.name} --to ${run.id}`,
      },
      { cause: error },
    );
  }
}

function gate({ rehearsal }: Record, planned: Plan, { acceptHold }: DeployOptions): Verdict {
  const lost = [...(rehearsal?.lostRows ?? [])].filter(([table]) => !planned.mayLoseRows(table));
  return decide({
    findings: planned.findings,
    checks: rehearsal?.checks ?? [],
    orphans: rehearsal?.orphans ?? [],
    rehearsalFailure: rehearsal?.failure ?? null,
    unexplainedLosses: new Map(lost),
    acceptHold,
  });
}

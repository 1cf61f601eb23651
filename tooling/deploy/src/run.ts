import type { DeploymentOutcome, DeploymentReport } from '@apms/validators';
import type { Backup } from './backup/backup.ts';
import { createBackup } from './backup/create.ts';
import type { ClientTools } from './client-tools.ts';
import { describeApplied, describePlan, describeRehearsal, describeRollback } from './describe-step.ts';
import { EXIT_CODES, exitCodeOf } from './exit-codes.ts';
import { explain } from './explain.ts';
import { DeployError, toFailure } from './failure.ts';
import { decide, type Verdict } from './gate.ts';
import type { StepName } from './journal.ts';
import { ApplyError } from './migrations/apply.ts';
import { openRecord, type Record, recordStep, toReport } from './record.ts';
import type { Run } from './run-context.ts';
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
    record.rollback = await withDeploymentLock(run, () =>
      step(run, record, 'rollback', () => swapBack(run, backup, options), describeRollback),
    );
  } catch (error) {
    record.failure = toFailure(error);
    outcome = record.failure.code === 'LOCKED' ? 'locked' : 'failed';
    exitCode = exitCodeOf(record.failure.code);
  }
  return finish(run, record, () => toReport(run, record, outcome, exitCode));
}

async function pipeline(run: Run, record: Record, options: DeployOptions): Promise<DeploymentOutcome> {
  const planned = await step(run, record, 'plan', () => plan(run), describePlan);
  record.plan = planned;
  const verdict = gate(record, planned, options);
  if (verdict.decision === 'NO-GO') {
    record.verdict = verdict;
    return 'no-go';
  }
  if (planned.pending.length === 0) return 'nothing-to-do';
  if (!(await options.confirm(planned))) throw new DeployError({ code: 'CANCELLED', during: 'plan' });
  const lockStartedAt = new Date();
  run.emit({ type: 'step-started', step: 'lock' });
  return withDeploymentLock(run, async (lock) => {
    const summary = 'no other deployment can run on this target';
    const durationMs = recordStep(record, 'lock', lockStartedAt, 'done', summary);
    run.emit({ type: 'step-finished', step: 'lock', durationMs, summary });
    await assertUnchanged(run, planned);
    return withBlockedWrites(run, () => locked(run, record, planned, lock, options));
  });
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
  const backup = await step(
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
    ({ manifest }) => `${manifest.driver}, ${(manifest.sizeBytes / 1e6).toFixed(1)} MB, checksummed`,
  );
  record.backup = backup;
  if (target.settings.rehearse) {
    record.rehearsal = await step(
      run,
      record,
      'rehearse',
      () => rehearse(run, planned, backup),
      describeRehearsal,
    );
    record.backupProven = true;
  }
  const verdict = await step(
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
    if (target.settings.writes === 'allow') await runHooks(run, 'before');
    const settled = await step(
      run,
      record,
      'migrate',
      () => migrateOrSettle(run, record, planned),
      describeApplied,
    );
    if (settled === 'unchanged') return 'rolled-back';
    await step(
      run,
      record,
      'verify',
      () => verify(run, record, planned),
      ({ checks }) => `${checks} checks passed`,
    );
    await step(
      run,
      record,
      'smoke',
      () => runHooks(run, 'smoke'),
      () => `${target.settings.hooks.smoke.length} smoke commands passed`,
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

async function verify(run: Run, record: Record, planned: Plan): Promise<{ checks: number }> {
  const { checks, rowCounts } = await verifyTarget(run, documented(run, planned));
  record.targetChecks = checks;
  record.rowsAfter = rowCounts;
  assertVerified(checks);
  return { checks: checks.length };
}

async function rollBack(run: Run, record: Record, planned: Plan): Promise<void> {
  const { backup, applied } = record;
  if (backup === undefined) throw new Error('nothing was backed up');
  try {
    record.rollback = await step(
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
  const unqualified = (table: string) => table.slice(table.indexOf('.') + 1);
  const lost = [...(rehearsal?.lostRows ?? [])].filter(
    ([table]) => !planned.explainedLosses.has(unqualified(table)),
  );
  return decide({
    findings: planned.findings,
    checks: rehearsal?.checks ?? [],
    orphans: rehearsal?.orphans ?? [],
    rehearsalFailure: rehearsal?.failure ?? null,
    unexplainedLosses: new Map(lost),
    acceptHold,
  });
}

function describeVerdict({ decision, reasons, acceptedHold }: Verdict): string {
  if (decision === 'GO') return 'GO';
  return `${decision}, ${reasons.length} reasons${acceptedHold === null ? '' : `, accepted: ${acceptedHold}`}`;
}

/** Runs one step: timed, told to journal and watchers, and stopped before it begins when somebody asked to stop. */
async function step<T>(
  run: Run,
  record: Record,
  name: StepName,
  work: () => Promise<T>,
  describe: (result: T) => string,
): Promise<T> {
  const startedAt = new Date();
  if (run.signal.aborted && name !== 'rollback') throw new DeployError({ code: 'CANCELLED', during: name });
  run.emit({ type: 'step-started', step: name });
  try {
    const result = await work();
    const summary = describe(result);
    const durationMs = recordStep(record, name, startedAt, 'done', summary);
    run.emit({ type: 'step-finished', step: name, durationMs, summary });
    return result;
  } catch (error) {
    const failure = toFailure(error instanceof ApplyError ? error.cause : error);
    const message = explain(failure);
    const durationMs = recordStep(record, name, startedAt, 'failed', message);
    run.emit({ type: 'step-failed', step: name, durationMs, code: failure.code, message });
    throw error;
  }
}

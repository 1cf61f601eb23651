import type { CheckResult, DeploymentOutcome, DeploymentReport } from '@apms/validators';
import pRetry from 'p-retry';
import type { Backup } from './backup/backup.ts';
import { createBackup } from './backup/create.ts';
import {
  describeBackup,
  describeChecks,
  describeHooks,
  describeMigrated,
  describePlan,
  describeRehearsal,
  describeVerdict,
} from './describe-step.ts';
import { EXIT_CODES, exitCodeOf, outcomeOf } from './exit-codes.ts';
import { DeployError, toFailure } from './failure.ts';
import { decide, type Verdict } from './gate.ts';
import { lockForecast } from './lock-forecast.ts';
import { isConnectionProblem } from './postgres.ts';
import { openRecord, type Record, rowChangeOf, toReport } from './record.ts';
import { rollBack } from './roll-back.ts';
import type { Run } from './run-context.ts';
import { progressOf, runStep } from './run-step.ts';
import { withBlockedWrites } from './steps/block-writes.ts';
import { finish } from './steps/finish.ts';
import { runHooks } from './steps/hooks.ts';
import { type DeploymentLock, withLockStep } from './steps/lock.ts';
import { migrateOrSettle } from './steps/migrate-or-settle.ts';
import { assertUnchanged, type Plan, plan } from './steps/plan.ts';
import { documented, rehearse } from './steps/rehearse.ts';
import { assertNoProblems, failedChecks, verifyTarget } from './steps/verify.ts';

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
  const record = openRecord('deploy');
  let outcome: DeploymentOutcome;
  let exitCode: number;
  try {
    outcome = await pipeline(run, record, options);
    exitCode = EXIT_CODES[outcome];
  } catch (error) {
    record.failure = toFailure(error);
    outcome = outcomeOf(record.failure.code);
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

/** Everything that needs the lock: from the backup to the proof, or back. */
async function locked(
  run: Run,
  record: Record,
  planned: Plan,
  lock: DeploymentLock,
  options: DeployOptions,
): Promise<DeploymentOutcome> {
  const { rehearse: rehearsing, writes, maxLockMs } = run.target.settings;
  const backup = await runStep(run, record, 'backup', () => backUp(run, planned), describeBackup);
  record.backup = backup;
  if (rehearsing) {
    const rehearsed = () => rehearse(run, planned, backup);
    record.rehearsal = await runStep(run, record, 'rehearse', rehearsed, describeRehearsal);
    record.backupProven = true;
    const tried = record.rehearsal.applied;
    if (tried !== undefined) record.warnings.push(...lockForecast(tried, maxLockMs));
  }
  const decided = async () => gate(record, planned, options);
  const verdict = await runStep(run, record, 'gate', decided, describeVerdict);
  record.verdict = verdict;
  if (verdict.decision === 'NO-GO') return 'no-go';
  if (verdict.decision === 'HOLD' && verdict.acceptedHold === null) return 'hold';

  if (writes === 'allow') await hooksBefore(run, record);
  // After the hooks: they may take long enough to lose it.
  await lock.assertHeld();
  const migrated = () => migrateOrSettle(run, record, planned);
  const state = await runStep(run, record, 'migrate', migrated, describeMigrated);
  if (state === 'unchanged') return 'rolled-back';
  if (state === 'migrated' && (await isProven(run, record, planned))) return 'deployed';

  const { failure, applied } = record;
  await rollBack(run, record, backup, {
    tools: planned.tools,
    migrated: { transactionIds: applied?.transactionIds ?? [], rowChange: rowChangeOf(applied) },
    before: failure,
  });
  return 'rolled-back';
}

function backUp(run: Run, { tools }: Plan): Promise<Backup> {
  return createBackup(run.target, {
    id: run.id,
    deployment: run.id,
    commit: run.commit.hash,
    tools,
    applicationName: run.applicationName,
    signal: run.signal,
    onProgress: progressOf(run, 'backup'),
  });
}

async function hooksBefore(run: Run, record: Record): Promise<void> {
  record.hooksBegun = true;
  await runHooks(run, record, 'before');
}

/** The steps after the commit; whatever fails in them is why the target is swapped back. */
async function isProven(run: Run, record: Record, planned: Plan): Promise<boolean> {
  const commands = run.target.settings.hooks.smoke.length;
  try {
    await runStep(run, record, 'verify', () => verify(run, record, planned), describeChecks);
    await runStep(
      run,
      record,
      'smoke',
      () => runHooks(run, record, 'smoke'),
      () => describeHooks(commands),
    );
    return true;
  } catch (error) {
    record.failure = toFailure(error);
    return false;
  }
}

/** A lost connection says nothing of what was deployed, so the verification is then begun again. */
async function verify(run: Run, record: Record, planned: Plan): Promise<readonly CheckResult[]> {
  const { checks, rowCounts } = await pRetry(() => verifyTarget(run, documented(run, planned)), {
    retries: 10,
    minTimeout: 1_000,
    factor: 1,
    shouldRetry: ({ error }) => isConnectionProblem(error),
  });
  record.targetChecks = checks;
  record.rowsAfter = rowCounts;
  assertNoProblems(failedChecks(checks));
  return checks;
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

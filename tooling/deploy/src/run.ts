import type { DeploymentOutcome, DeploymentReport } from '@apms/validators';
import type { Backup } from './backup/backup.ts';
import { createBackup } from './backup/create.ts';
import { describeExcesses } from './budget/describe.ts';
import {
  describeBackup,
  describeMigrated,
  describePlan,
  describeRehearsal,
  describeVerdict,
} from './describe-step.ts';
import { EXIT_CODES, exitCodeOf, outcomeOf } from './exit-codes.ts';
import { DeployError, toFailure } from './failure.ts';
import { decide, type Verdict } from './gate.ts';
import { NO_TRACES } from './migrations/migrated.ts';
import { progressOf } from './progress-of.ts';
import { isProven } from './prove.ts';
import { openRecord, type Record, toReport } from './record.ts';
import { recoverFirst } from './recovery/recover-first.ts';
import { rollBack } from './roll-back.ts';
import type { Run } from './run-context.ts';
import { runStep } from './run-step.ts';
import { schemaHash } from './schema/read-schema.ts';
import { withBlockedWrites } from './steps/block-writes.ts';
import { finish } from './steps/finish.ts';
import { runHooks } from './steps/hooks.ts';
import { type DeploymentLock, withLockStep } from './steps/lock.ts';
import { migrateOrSettle } from './steps/migrate-or-settle.ts';
import { assertUnchanged, type Plan, plan } from './steps/plan.ts';
import { rehearse } from './steps/rehearse.ts';

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
  await recoverFirst(run);
  const planned = await runStep(run, record, 'plan', () => plan(run), describePlan);
  record.plan = planned;
  record.pending = planned.pending;
  record.serverVersion = planned.facts.version;
  const verdict = gate(record, planned, options);
  if (verdict.decision === 'NO-GO') {
    record.verdict = verdict;
    return 'no-go';
  }
  if (planned.pending.length === 0) return 'nothing-to-do';
  if (!(await options.confirm(planned))) throw new DeployError({ code: 'CANCELLED', during: 'plan' });
  return withLockStep(run, record, async (lock) => {
    await assertUnchanged(run, planned);
    run.emit({
      type: 'planned',
      pending: planned.pending.map(({ name, checksum }) => ({ name, checksum })),
      schema: schemaHash(planned.live),
      serverVersion: planned.facts.version,
    });
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
  const { rehearse: rehearsing, writes } = run.target.settings;
  const backup = await runStep(run, record, 'backup', () => backUp(run, planned), describeBackup);
  record.backup = backup;
  if (rehearsing) {
    const rehearsed = () => rehearse(run, planned, backup);
    record.rehearsal = await runStep(run, record, 'rehearse', rehearsed, describeRehearsal);
    record.backupProven = true;
    const { schema } = record.rehearsal;
    run.emit({ type: 'rehearsed', schema: schema === undefined ? null : schemaHash(schema) });
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
  const state = await runStep(run, record, 'migrate', migrated, (result) =>
    describeMigrated(result, record.applied?.units.length ?? 1),
  );
  if (state === 'unchanged') return 'rolled-back';
  if (state === 'migrated' && (await isProven(run, record))) return 'deployed';

  const { failure, migrated: traces = NO_TRACES } = record;
  await rollBack(run, record, backup, { tools: planned.tools, migrated: traces, before: failure });
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
  run.emit({ type: 'intent', action: 'hooks', object: 'before' });
  await runHooks(run, record, 'before');
}

function gate({ rehearsal }: Record, planned: Plan, { acceptHold }: DeployOptions): Verdict {
  const lost = [...(rehearsal?.lostRows ?? [])].filter(([table]) => !planned.mayLoseRows(table));
  return decide({
    findings: planned.findings,
    checks: rehearsal?.checks ?? [],
    orphans: rehearsal?.orphans ?? [],
    rehearsalFailure: rehearsal?.failure ?? null,
    unexplainedLosses: new Map(lost),
    overBudget: rehearsal?.budget === undefined ? [] : describeExcesses(rehearsal.budget),
    acceptHold,
  });
}

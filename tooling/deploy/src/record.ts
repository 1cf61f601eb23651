import type {
  AppliedPhase,
  CheckResult,
  DeploymentOutcome,
  DeploymentReport,
  HookRun,
} from '@apms/validators';
import type { Backup } from './backup/backup.ts';
import { describe } from './connection.ts';
import { explain } from './explain.ts';
import { explainWithoutRows } from './explain-without-rows.ts';
import type { Failure } from './failure.ts';
import type { Verdict } from './gate.ts';
import type { StepName } from './journal.ts';
import type { Applied, AppliedUnit } from './migrations/apply-error.ts';
import type { Migrated } from './migrations/migrated.ts';
import type { Run } from './run-context.ts';
import type { Plan } from './steps/plan.ts';
import type { Rehearsal } from './steps/rehearse.ts';
import type { Rollback } from './steps/swap-back.ts';

/** What a run has found out so far; the report is made of it whatever ends the run. */
export interface Record {
  command: DeploymentReport['command'];
  startedAt: Date;
  steps: DeploymentReport['steps'];
  warnings: string[];
  plan?: Plan;
  serverVersion?: string;
  /** What was to be applied; of a killed run nothing more of the plan is known. */
  pending: readonly { name: string; checksum: string }[];
  backup?: Backup;
  backupProven?: boolean;
  rehearsal?: Rehearsal;
  verdict?: Verdict;
  applied?: Applied;
  /** What the migrations left on the target; also known of a run whose process was killed. */
  migrated?: Migrated;
  transactionChecks?: CheckResult[];
  targetChecks?: CheckResult[];
  rowsAfter?: Map<string, number>;
  rollback?: Rollback;
  hooks: HookRun[];
  failure?: Failure;
  /** What a recovery knows of the end of the run's own process, and who recovered it. */
  recovered?: DeploymentReport['recovered'];
  /** The `before` hooks were begun, so that the `after` hooks have something to undo. */
  hooksBegun?: boolean;
}

export function openRecord(command: Record['command']): Record {
  return { command, startedAt: new Date(), pending: [], steps: [], warnings: [], hooks: [] };
}

/** How a step ended, for the report. */
export type StepEnd = Pick<DeploymentReport['steps'][number], 'status' | 'passed' | 'summary'>;

/** Records a step that has just ended, and returns its duration in milliseconds. */
export function recordStep(record: Record, name: StepName, startedAt: Date, end: StepEnd): number {
  const durationMs = Date.now() - startedAt.getTime();
  record.steps.push({ name, startedAt: startedAt.toISOString(), durationMs, ...end });
  return durationMs;
}

/** The report of a run that has ended. */
export function toReport(
  run: Run,
  record: Record,
  outcome: DeploymentOutcome,
  exitCode: number,
): DeploymentReport {
  const { plan, backup, rehearsal, verdict, applied, migrated, failure } = record;
  const finishedAt = new Date();
  const withoutRows = failure === undefined ? null : explainWithoutRows(failure);
  const locatedChecks = (
    where: 'rehearsal' | 'transaction' | 'target',
    checks: readonly CheckResult[] = [],
  ) => checks.map((check) => ({ where, ...check }));
  return {
    format: 1,
    id: run.id,
    command: record.command,
    target: run.target.name,
    database: describe(run.target.connection),
    embedded: run.target.embedded !== undefined,
    serverVersion: record.serverVersion ?? null,
    commit: run.commit.hash,
    dirty: run.commit.dirty,
    by: run.by,
    startedAt: record.startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    durationMs: finishedAt.getTime() - record.startedAt.getTime(),
    outcome,
    exitCode,
    decision: verdict?.decision ?? null,
    reasons: (verdict?.reasons ?? []).map(run.redact),
    acceptedHold: verdict?.acceptedHold ?? null,
    failure: failure === undefined ? null : { code: failure.code, message: run.redact(explain(failure)) },
    warnings: record.warnings.map(run.redact),
    steps: record.steps.map((step) => ({ ...step, summary: run.redact(step.summary) })),
    migrations: record.pending.map(({ name, checksum }) => ({
      name,
      checksum,
      rehearsed: rehearsal?.applied?.runs.get(name) ?? null,
      applied: applied?.runs.get(name) ?? null,
    })),
    checks: [
      ...locatedChecks('rehearsal', rehearsal?.checks),
      ...locatedChecks('transaction', record.transactionChecks),
      ...locatedChecks('target', record.targetChecks),
    ],
    findings: plan?.findings ?? [],
    orphans: (rehearsal?.orphans ?? []).map(({ foreignKey, count, sampleIds }) => ({
      foreignKey: foreignKey.name,
      table: foreignKey.table,
      count,
      sampleIds,
    })),
    backup: backup === undefined ? null : backupOf(backup, record.backupProven === true),
    rowCounts: rowCountsOf(record),
    transactionIds: migrated?.transactionIds ?? [],
    lockedMs: applied?.lockedMs ?? null,
    rehearsedLockedMs: rehearsal?.applied?.lockedMs ?? null,
    lockBudgetMs: run.target.settings.maxLockMs,
    hooks: record.hooks.map((hook) => ({ ...hook, command: run.redact(hook.command) })),
    lockBudget: rehearsal?.budget ?? null,
    phases: (applied?.units ?? []).map(phaseOf),
    rollback: record.rollback ?? null,
    recovered: record.recovered ?? null,
    withoutRows: {
      reasons: (verdict?.reasonsWithoutRows ?? []).map(run.redact),
      failure: withoutRows === null ? null : run.redact(withoutRows),
    },
  };
}

function phaseOf({ kind, statements, startedAt, durationMs, retries }: AppliedUnit): AppliedPhase {
  return {
    kind,
    migrations: [...new Set(statements.map(({ migration }) => migration))],
    line: statements[0]?.line ?? null,
    startedAt: startedAt.toISOString(),
    durationMs,
    retries,
    locks: statements.flatMap(({ locks }) => locks),
  };
}

function backupOf({ id, location, manifest }: Backup, proven: boolean): DeploymentReport['backup'] {
  const { driver, sizeBytes, durationMs, database } = manifest;
  return { id, driver, location, sizeBytes, databaseSizeBytes: database.sizeBytes, durationMs, proven };
}

function rowCountsOf({ backup, rowsAfter, migrated }: Record): DeploymentReport['rowCounts'] {
  const before = new Map(
    backup?.manifest.tables.filter(({ kind }) => kind === 'table').map(({ table, rows }) => [table, rows]),
  );
  const byMigrations = new Map(Object.entries(migrated?.rowChange ?? {}));
  const tables = [
    ...new Set([...before.keys(), ...(rowsAfter?.keys() ?? []), ...byMigrations.keys()]),
  ].toSorted();
  return tables.map((table) => ({
    table,
    before: before.get(table) ?? null,
    after: rowsAfter?.get(table) ?? null,
    byMigrations: byMigrations.get(table) ?? 0,
  }));
}

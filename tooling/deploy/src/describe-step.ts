import type { CheckResult, LockBudget, LockPhase } from '@apms/validators';
import type { Backup } from './backup/backup.ts';
import type { Verdict } from './gate.ts';
import { formatBytes, formatDuration } from './report/format.ts';
import type { StepSummary } from './run-step.ts';
import type { Plan } from './steps/plan.ts';
import type { Rehearsal } from './steps/rehearse.ts';
import type { Smoked } from './steps/smoke.ts';
import type { Rollback } from './steps/swap-back.ts';

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;

export function describePlan({ facts, pending, applied, findings }: Plan): StepSummary {
  const errors = findings.filter(
    ({ severity, accepted }) => severity === 'error' && accepted === null,
  ).length;
  const found =
    findings.length === 0 ? '' : `, ${count(findings.length, 'finding')} (${count(errors, 'error')})`;
  return {
    summary: `PostgreSQL ${facts.version}, ${applied.length} applied, ${pending.length} pending${found}`,
    passed: errors === 0,
  };
}

export function describeBackup({ manifest }: Backup): StepSummary {
  return `${manifest.driver}, ${formatBytes(manifest.sizeBytes)}, checksummed`;
}

/** Why something failed is the gate's to say, once. */
export function describeRehearsal({ failure, checks, orphans, budget }: Rehearsal): StepSummary {
  const orphaned = orphans.length > 0 ? `; orphans under ${count(orphans.length, 'key')}` : '';
  if (failure !== null) {
    return { summary: `restored and equal; the migrations failed${orphaned}`, passed: false };
  }
  return {
    summary: `restored and equal; ${budget ? `${describeBudget(budget)}; ` : ''}${passedOf(checks)}${orphaned}`,
    passed: orphans.length === 0 && checks.every(isPassedOrNote) && (budget?.excesses ?? []).length === 0,
  };
}

function describeBudget({ mode, together, phased }: LockBudget): string {
  const blocked = `tables blocked ${formatDuration(longestMs(mode === 'phased' ? (phased ?? []) : together))}`;
  if (mode === 'one transaction') return blocked;
  return `${blocked} in ${count(phased?.length ?? 0, 'phase')}, ${formatDuration(longestMs(together))} in one transaction`;
}

function longestMs(phases: readonly LockPhase[]): number {
  return Math.max(
    0,
    ...phases.flatMap(({ forecast }) => forecast.map(({ writesBlockedMs }) => writesBlockedMs)),
  );
}

export function describeVerdict({ decision, reasons, acceptedHold }: Verdict): StepSummary {
  if (decision === 'GO') return 'GO';
  const accepted = acceptedHold === null ? '' : `, accepted: ${acceptedHold}`;
  return {
    summary: `${decision}, ${count(reasons.length, 'reason')}${accepted}`,
    passed: acceptedHold !== null,
  };
}

export function describeMigrated(state: 'migrated' | 'unchanged' | 'changed', phases: number): StepSummary {
  if (state === 'migrated') return phases > 1 ? `committed in ${phases} phases` : 'committed';
  if (state === 'unchanged') return { summary: 'rolled back; the target is as it was', passed: false };
  return { summary: 'failed; a part of it is committed and has no inverse', passed: false };
}

export function describeChecks(checks: readonly CheckResult[]): StepSummary {
  // An I check that fails here was accepted by whoever went on in spite of the HOLD.
  const passed = checks.every(({ code, status }) => status === 'passed' || !code.startsWith('C'));
  return { summary: passedOf(checks), passed };
}

export function describeSmoke({ commands, reads }: Smoked): StepSummary {
  const hooks = commands === 0 ? 'no commands' : `${count(commands, 'command')} passed`;
  return reads === undefined
    ? hooks
    : `${hooks}; the API is at the new level and answered ${count(reads, 'read')}`;
}

export function describeRollback({ quarantine, lockedMs, leftBehind }: Rollback): string {
  const swapped = `swapped back to the backup in ${Math.round(lockedMs ?? 0)} ms; the replaced database is kept as "${quarantine}"`;
  if (leftBehind === null) return swapped;
  if (leftBehind.length === 0) return `${swapped}; nothing was written since the backup`;
  const rows = leftBehind.reduce((sum, { written }) => sum + written, 0);
  return `${swapped}; ${count(rows, 'row')} written since the backup ${rows === 1 ? 'is' : 'are'} only there`;
}

/** N checks inform; they never decide. */
function isPassedOrNote({ code, status }: CheckResult): boolean {
  return status === 'passed' || code.startsWith('N');
}

function passedOf(checks: readonly CheckResult[]): string {
  const not = checks.filter(({ status }) => status !== 'passed').map(({ code }) => code);
  const without = not.length === 0 ? '' : `, not ${not.join(' ')}`;
  return `${checks.length - not.length} of ${count(checks.length, 'check')} passed${without}`;
}

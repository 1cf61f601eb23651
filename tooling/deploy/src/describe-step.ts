import type { Plan } from './steps/plan.ts';
import type { Rehearsal } from './steps/rehearse.ts';
import type { Rollback } from './steps/swap-back.ts';

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;

export function describePlan({ facts, pending, applied, findings }: Plan): string {
  const errors = findings.filter(
    ({ severity, accepted }) => severity === 'error' && accepted === null,
  ).length;
  const found =
    findings.length === 0 ? '' : `, ${count(findings.length, 'finding')} (${count(errors, 'error')})`;
  return `PostgreSQL ${facts.version}, ${applied.length} applied, ${pending.length} pending${found}`;
}

export function describeRehearsal({ failure, checks, orphans, applied }: Rehearsal): string {
  if (failure !== null)
    return `${failure.split('\n')[0]}${orphans.length > 0 ? `; orphans under ${count(orphans.length, 'key')}` : ''}`;
  const passed = checks.filter(({ status }) => status === 'passed').length;
  return `restored and equal; migrations ${Math.round(applied?.lockedMs ?? 0)} ms; ${passed} of ${checks.length} checks passed`;
}

export function describeApplied(result: 'migrated' | 'unchanged'): string {
  return result === 'migrated' ? 'committed' : 'rolled back; the target is as it was';
}

export function describeRollback({ quarantine, lockedMs, leftBehind }: Rollback): string {
  const rows = leftBehind.reduce((sum, { written, deleted }) => sum + written + deleted, 0);
  return `swapped back to the backup in ${Math.round(lockedMs ?? 0)} ms; the failed database is kept as "${quarantine}"; ${count(rows, 'row')} written since the backup ${rows === 1 ? 'is' : 'are'} only there`;
}

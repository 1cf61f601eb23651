import type { OrphanSeverity } from '@apms/validators';
import type { AlertThresholds } from './add-alerts.ts';

interface Finding {
  readonly name: string;
  readonly severity: OrphanSeverity;
  readonly count: number;
}

/** What a workspace wants to be told of: the findings of its severity, all of them or, when they are too few, none. */
export function noteworthy<Found extends Finding>(
  findings: readonly Found[],
  { orphanAlertSeverity, orphanAlertMinimum }: AlertThresholds,
): readonly Found[] {
  const wanted = findings.filter(
    ({ severity }) => orphanAlertSeverity === 'WARNING' || severity === 'CRITICAL',
  );
  const orphans = wanted.reduce((sum, { count }) => sum + count, 0);
  return orphans < orphanAlertMinimum ? [] : wanted;
}

/**
 * What is worth telling about an audit after the one before it: other findings than before, or that there are none any
 * more. Null when nothing has changed.
 */
export function whatIsNew(
  before: readonly Finding[],
  now: readonly Finding[],
): 'unhealthy' | 'healthy' | null {
  if (fingerprint(before) === fingerprint(now)) return null;
  return now.length === 0 ? 'healthy' : 'unhealthy';
}

function fingerprint(findings: readonly Finding[]): string {
  return JSON.stringify(
    findings.map(({ name, count }) => [name, count] as const).toSorted(([a], [b]) => a.localeCompare(b)),
  );
}

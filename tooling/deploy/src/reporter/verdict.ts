import type { DeploymentReport } from '@apms/validators';
import { formatCount, formatDuration } from '../report/format.ts';

/** The end of a run in a few lines: verdict, why, and where to read more. */
export function verdictText(report: DeploymentReport, directory: string): string {
  const { outcome, target, migrations, durationMs, reasons, failure, rollback, rowCounts } = report;
  const rows = rowCounts.reduce((sum, { before }) => sum + (before ?? 0), 0);
  const lines: Record<typeof outcome, string> = {
    deployed: `deployed: ${migrations.length} migrations on ${target} in ${formatDuration(durationMs)}, ${formatCount(rows)} rows proven.`,
    'nothing-to-do': `nothing-to-do: ${target} has every migration.`,
    'rolled-back': `rolled-back: ${target} is as it was before${rollback?.quarantine ? `; the failed database is kept as "${rollback.quarantine}"` : ''}.`,
    'no-go': `NO-GO: ${target} was not touched.`,
    hold: `HOLD: ${target} was not touched. To go on, repeat the command with --accept-hold "REASON".`,
    locked: `locked: ${target} was not touched.`,
    failed: `failed: ${target} was not changed.`,
    'rollback-failed': 'rollback-failed:',
  };
  return [
    lines[outcome],
    ...(failure === null ? [] : [failure.message]),
    ...(outcome === 'no-go' || outcome === 'hold' ? reasons.map((reason) => `  - ${reason}`) : []),
    `Report: ${directory}/report.md`,
  ].join('\n');
}

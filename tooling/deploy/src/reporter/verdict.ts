import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DeploymentOutcome, DeploymentReport } from '@apms/validators';
import { formatCount, formatDuration } from '../report/format.ts';
import { paint } from './paint.ts';

const COLOURS = {
  deployed: 'green',
  'nothing-to-do': 'green',
  'rolled-back': 'yellow',
  'no-go': 'red',
  hold: 'yellow',
  locked: 'yellow',
  failed: 'red',
  'rollback-failed': 'red',
} as const satisfies Record<DeploymentOutcome, string>;

/**
 * The end of a run in a few lines: verdict, why, and where to read more. A reason that was `told` where it happened is
 * not told again.
 */
export function verdictText(report: DeploymentReport, directory: string, told: ReadonlySet<string>): string {
  const { outcome, target, migrations, durationMs, reasons, failure, rollback, rowCounts } = report;
  const file = join(directory, 'report.md');
  const rows = rowCounts.reduce((sum, { before }) => sum + (before ?? 0), 0);
  const kept = rollback?.quarantine ? `; the replaced database is kept as "${rollback.quarantine}"` : '';
  const lines: Record<typeof outcome, string> = {
    deployed: `deployed: ${formatCount(migrations.length)} ${migrations.length === 1 ? 'migration' : 'migrations'} on ${target} in ${formatDuration(durationMs)}${rows > 0 ? `, ${formatCount(rows)} rows proven` : ''}.`,
    'nothing-to-do': `nothing-to-do: ${target} has every migration.`,
    'rolled-back': `rolled-back: ${target} is as it was before${kept}.`,
    'no-go': `NO-GO: ${target} was not touched.`,
    hold: `HOLD: ${target} was not touched. To go on, repeat the command with --accept-hold "REASON".`,
    locked: `locked: ${target} was not touched.`,
    failed: `failed: ${target} was not changed.`,
    'rollback-failed': `rollback-failed: ${target} needs a person's decision.`,
  };
  return [
    paint(['bold', COLOURS[outcome]], lines[outcome]),
    ...(failure === null || told.has(failure.message) ? [] : [failure.message]),
    ...(outcome === 'no-go' || outcome === 'hold'
      ? reasons.map((reason) => `  - ${reason.replaceAll('\n', '\n    ')}`)
      : []),
    ...(existsSync(file) ? [`Report: ${file}`] : []),
  ].join('\n');
}

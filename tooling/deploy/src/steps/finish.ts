import { rm } from 'node:fs/promises';
import type { DeploymentReport } from '@apms/validators';
import { listBackups } from '../backup/store.ts';
import { explain } from '../explain.ts';
import { toFailure } from '../failure.ts';
import { type Record, recordStep } from '../record.ts';
import { writeReport } from '../report/write-report.ts';
import type { Run } from '../run-context.ts';
import { runHooks } from './hooks.ts';

/** What ended a run before its `before` hooks, so that there is nothing for `after` to undo. */
const NOTHING_BEGUN = new Set(['nothing-to-do', 'no-go', 'hold', 'locked']);

/**
 * Ends a run: `after` hooks, retention, report. What fails here is a warning, never another outcome.
 * Returns the report as it was written.
 */
export async function finish(
  run: Run,
  record: Record,
  report: () => DeploymentReport,
): Promise<DeploymentReport> {
  const startedAt = new Date();
  run.emit({ type: 'step-started', step: 'finish' });
  const attempt = async (what: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      record.warnings.push(`${what}: ${explain(toFailure(error))}`);
    }
  };
  if (!NOTHING_BEGUN.has(report().outcome)) await attempt('After hooks', () => runHooks(run, 'after'));
  if (record.backup !== undefined) await attempt('Retention', () => retain(run));
  const summary = `report in ${run.directory}`;
  const durationMs = recordStep(record, 'finish', startedAt, 'done', summary);
  for (const message of record.warnings) run.emit({ type: 'note', level: 'warning', message });
  const final = report();
  await attempt('Report', () => writeReport(run.directory, final));
  run.emit({ type: 'step-finished', step: 'finish', durationMs, summary });
  return final;
}

/** Keeps the newest backups, and always this run's own: it is what the target would go back to. */
async function retain({ config, target, id }: Run): Promise<void> {
  const kept = (await listBackups(config, target.name)).filter(({ usable }) => usable);
  for (const old of kept.slice(0, -target.settings.keepBackups)) {
    if (old.id !== id) await rm(old.directory, { recursive: true, force: true });
  }
}

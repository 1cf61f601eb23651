import type { DeploymentReport } from '@apms/validators';
import { markOutcome, markRestored } from '../backup/catalogue.ts';
import { pruneBackups } from '../backup/prune.ts';
import { lastDeployed } from '../deployments.ts';
import { explain } from '../explain.ts';
import { toFailure } from '../failure.ts';
import { tellGithub } from '../github/tell-github.ts';
import { notify } from '../notify/notify.ts';
import type { Record } from '../record.ts';
import { writeReport } from '../report/write-report.ts';
import type { Run } from '../run-context.ts';
import { openStep } from '../run-step.ts';
import { runHooks } from './hooks.ts';

/**
 * Ends a run: `after` hooks, retention, notifications, report. What fails here is a warning, never another outcome.
 * Returns the report as it was written.
 */
export async function finish(
  run: Run,
  record: Record,
  report: () => DeploymentReport,
): Promise<DeploymentReport> {
  const step = openStep(run, record, 'finish');
  const attempt = async (what: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      record.warnings.push(`${what}: ${explain(toFailure(error))}`);
    }
  };
  if (record.hooksBegun) {
    await attempt('After hooks', () => runHooks(run, record, 'after'));
    run.emit({ type: 'completed', action: 'hooks', object: 'before' });
  }
  if (record.backup !== undefined) {
    await attempt('Backup', () => noteInStore(run, record, report()));
    await attempt('Retention', () => prune(run, report()));
  }
  if (run.target.settings.notify.length > 0) {
    // On disk before anybody is told of it, and before somebody far away takes long to listen.
    await attempt('Report', () => writeReport(run.directory, report()));
    record.warnings.push(...(await notify(run, report())));
  }
  step.done('retention and report');
  const final = report();
  await attempt('Report', () => writeReport(run.directory, final));
  // The runner reads both streams for its commands; what stands on standard output may be JSON.
  const annotate = (line: string) => void process.stderr.write(line);
  await attempt('GitHub', () => tellGithub(final, run.directory, process.env, annotate));
  const { trace } = run;
  if (trace !== undefined) {
    await attempt('Trace', async () => {
      const { exportTrace } = await import('../telemetry/export-trace.ts');
      await exportTrace(trace, final);
    });
  }
  for (const message of record.warnings) run.emit({ type: 'note', level: 'warning', message });
  const { outcome, exitCode, failure } = final;
  const message = failure?.message ?? '';
  run.emit({ type: 'run-finished', outcome, exitCode, message, complete: run.isComplete() });
  return final;
}

/** What another machine, which has only the store, must know of this run. */
async function noteInStore(run: Run, { backup, rollback }: Record, report: DeploymentReport): Promise<void> {
  if (backup === undefined) return;
  if (rollback?.way === 'swap-back') await markRestored(backup);
  if (backup.id !== run.id) return;
  const { outcome, transactionIds } = report;
  const changed = report.rowCounts.filter(({ byMigrations }) => byMigrations !== 0);
  const rowChange = Object.fromEntries(changed.map(({ table, byMigrations }) => [table, byMigrations]));
  await markOutcome(backup, { outcome, transactionIds, rowChange });
}

async function prune({ config, target, id }: Run, { outcome }: DeploymentReport): Promise<void> {
  const wayBack = outcome === 'deployed' ? id : (await lastDeployed(config, target.name))?.id;
  await pruneBackups(target, { dryRun: false, wayBack });
}

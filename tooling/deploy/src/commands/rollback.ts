import type { Backup } from '../backup/backup.ts';
import { findBackup } from '../backup/catalogue.ts';
import type { LoadedConfig } from '../config.ts';
import { lastDeployed, listDeployments } from '../deployments.ts';
import { DeployError } from '../failure.ts';
import type { Migrated } from '../migrations/migrated.ts';
import { type CommandOptions, withRun } from '../open-run.ts';
import { createReporter } from '../reporter/create-reporter.ts';
import { rollBackTo } from '../roll-back.ts';
import { clientToolsFor } from './client-tools-for.ts';
import { confirmDestructive } from './confirm-destructive.ts';

export interface RollbackOptions extends CommandOptions {
  to?: string;
}

/** `deploy rollback`: swaps the target back to the backup that a deployment took before it wrote. */
export async function rollbackCommand(options: RollbackOptions): Promise<number> {
  const reporter = await createReporter(options);
  return withRun('rollback', options, { journaled: true, show: reporter.event }, async (run, config) => {
    const { target } = run;
    const id = options.to ?? (await lastDeployedId(config, target.name));
    const backup = await findBackup(target.store, target.name, id);
    assertOf(target.connection.database, backup);
    await confirmDestructive(
      `Swap ${target.name} back to the backup of ${backup.manifest.createdAt} (deployment ${id})? The present database is kept under another name.`,
      options,
      run.signal,
    );
    const report = await rollBackTo(run, backup, {
      tools: await clientToolsFor(run),
      migrated: await migratedSince(config, target.name, id),
    });
    await reporter.finished(report, run.directory);
    return report.exitCode;
  });
}

/** @throws {BACKUP_FOREIGN} when the target's URL named another database at the time. */
function assertOf(targetDatabase: string, { id, manifest }: Backup): void {
  const backupDatabase = manifest.database.name;
  if (backupDatabase === targetDatabase) return;
  throw new DeployError({ code: 'BACKUP_FOREIGN', backup: id, backupDatabase, targetDatabase });
}

/** @throws {DEPLOYMENT_NOT_FOUND} when nothing was deployed yet. */
async function lastDeployedId(config: LoadedConfig, target: string): Promise<string> {
  const deployed = await lastDeployed(config, target);
  if (deployed === undefined)
    throw new DeployError({ code: 'DEPLOYMENT_NOT_FOUND', deployment: null, target });
  return deployed.id;
}

/** The traces of the migrations applied since; none that tell anything when the target was swapped back meanwhile. */
async function migratedSince(
  config: LoadedConfig,
  target: string,
  id: string,
): Promise<Migrated | undefined> {
  const since = (await listDeployments(config, target)).filter((deployment) => deployment.id >= id);
  if (since.some(({ rollback }) => rollback?.way === 'swap-back')) return undefined;
  const rowChange: Migrated['rowChange'] = {};
  for (const { table, byMigrations } of since.flatMap(({ rowCounts }) => rowCounts))
    rowChange[table] = (rowChange[table] ?? 0) + byMigrations;
  return { transactionIds: since.flatMap(({ transactionIds }) => transactionIds), rowChange };
}

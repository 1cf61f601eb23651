import type { Backup } from '../backup/backup.ts';
import { findBackup, listBackups } from '../backup/catalogue.ts';
import { lastDeployed } from '../deployments.ts';
import { DeployError } from '../failure.ts';
import type { LoadedConfig } from '../load-config.ts';
import type { Migrated } from '../migrations/migrated.ts';
import { type CommandOptions, withRun } from '../open-run.ts';
import { createReporter } from '../reporter/create-reporter.ts';
import { rollBackTo } from '../roll-back.ts';
import type { Target } from '../target.ts';
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
    const id = options.to ?? (await lastDeployedId(config, target));
    const backup = await findBackup(target.store, target.name, id);
    assertOf(target.connection.database, backup);
    await confirmDestructive(
      `Swap ${target.name} back to the backup of ${backup.manifest.createdAt} (deployment ${id})? The present database is kept under another name.${wholeCluster(backup)}`,
      options,
      run.signal,
    );
    const report = await rollBackTo(run, backup, {
      tools: await clientToolsFor(run, backup.manifest.driver),
      migrated: await migratedSince(target, backup),
    });
    await reporter.finished(report, run.directory);
    return report.exitCode;
  });
}

/** What whoever is asked must know of a backup that is restored as a whole. */
function wholeCluster({ manifest: { pgbackrest } }: Backup): string {
  if (pgbackrest === undefined) return '';
  const { otherDatabases } = pgbackrest;
  const others =
    otherDatabases.length === 0
      ? 'it has no other databases'
      : `these databases go back too: ${otherDatabases.join(', ')}`;
  return ` It concerns the whole cluster, whose server is stopped and started; ${others}.`;
}

/** @throws {BACKUP_FOREIGN} when the target's URL named another database at the time. */
function assertOf(targetDatabase: string, { id, manifest }: Backup): void {
  const backupDatabase = manifest.database.name;
  if (backupDatabase === targetDatabase) return;
  throw new DeployError({ code: 'BACKUP_FOREIGN', backup: id, backupDatabase, targetDatabase });
}

/**
 * The last deployment that migrated the target, as this machine's reports or, on another, the store knows it.
 * @throws {DEPLOYMENT_NOT_FOUND} when nothing was deployed yet.
 */
async function lastDeployedId(config: LoadedConfig, { name, store }: Target): Promise<string> {
  const here = (await lastDeployed(config, name))?.id;
  const there = (await listBackups(store, name)).filter(
    (backup) => backup.usable && backup.outcome?.outcome === 'deployed',
  );
  const id = [here, ...there.map((backup) => backup.id)]
    .filter((each) => each !== undefined)
    .toSorted()
    .at(-1);
  if (id === undefined)
    throw new DeployError({ code: 'DEPLOYMENT_NOT_FOUND', deployment: null, target: name });
  return id;
}

/** The traces of the migrations applied since; none that tell anything when the target was rolled back meanwhile. */
async function migratedSince(
  { store, name }: Target,
  { id, manifest }: Backup,
): Promise<Migrated | undefined> {
  const backups = (await listBackups(store, name)).filter((backup) => backup.usable);
  if (backups.some(({ restoredAt }) => restoredAt !== null && restoredAt > manifest.createdAt))
    return undefined;
  const since = backups.flatMap((backup) => (backup.id >= id && backup.outcome ? [backup.outcome] : []));
  const rowChange: Migrated['rowChange'] = {};
  for (const [table, rows] of since.flatMap((outcome) => Object.entries(outcome.rowChange)))
    rowChange[table] = (rowChange[table] ?? 0) + rows;
  return { transactionIds: since.flatMap(({ transactionIds }) => transactionIds), rowChange };
}

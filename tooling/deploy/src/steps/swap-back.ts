import type { DeploymentReport } from '@apms/validators';
import type { Backup, Quarantined, RestoredDatabase, Swapped } from '../backup/backup.ts';
import { restoreBackup } from '../backup/restore.ts';
import { countRowsWrittenSince } from '../backup/rows-written-since.ts';
import { assertRestored } from '../backup/verify.ts';
import type { ClientTools } from '../client-tools.ts';
import type { Connection } from '../connection.ts';
import { explain } from '../explain.ts';
import { DeployError, toFailure } from '../failure.ts';
import type { Migrated } from '../migrations/migrated.ts';
import { withClient } from '../postgres.ts';
import { progressOf } from '../progress-of.ts';
import type { Run } from '../run-context.ts';
import { readSchema, schemaHash } from '../schema/read-schema.ts';
import { scratchName } from '../scratch.ts';

export type Rollback = NonNullable<DeploymentReport['rollback']>;

export interface SwapBackOptions {
  tools: ClientTools | undefined;
  /**
   * What the migrations wrote, which is not the application's. Undefined where the target was itself restored since the
   * backup: then every row bears a later transaction's id.
   */
  migrated: Migrated | undefined;
  /** Told what could not be made like before, or counted. */
  onWarning: (warning: string) => void;
}

/** What the copy is restored for, as its name says. */
export const RESTORED = 'restored';

/** Its rows are written by migrations, never by the application. */
const HISTORY = 'public._prisma_migrations';

/**
 * The quarantined database's name says what it was, and which run put it aside; at most 60 bytes, so
 * that a number after it still fits into PostgreSQL's names.
 */
export function quarantineName(database: string, runId: string): string {
  const suffix = `_failed_${runId.toLowerCase().replaceAll(/[^a-z0-9_]/g, '_')}`;
  let kept = database;
  while (Buffer.byteLength(kept + suffix) > 60) kept = Array.from(kept).slice(0, -1).join('');
  return kept + suffix;
}

/**
 * Puts the target back to a backup: restores it beside the present database, verifies the copy against the manifest
 * (schema, contents, and with them the migration history), then swaps the two by renaming. The present database is kept
 * under its quarantine name, and the rows that only it has are counted once nobody writes to it any more.
 * @throws {BACKUP_DAMAGED, RESTORE_DIFFERS} before anything is swapped; what the swap itself throws. The target is then
 * as it was before the call.
 */
export async function swapBack(run: Run, backup: Backup, options: SwapBackOptions): Promise<Rollback> {
  const { target, applicationName } = run;
  const name = scratchName(run.id, RESTORED);
  run.emit({ type: 'intent', action: 'restore-beside', object: name, backup: backup.id });
  const restored = await restoreBackup(target, backup, {
    name,
    where: 'target',
    tools: options.tools,
    applicationName,
    spool: run.directory,
    onProgress: progressOf(run, 'rollback'),
  });
  const swapped = await swapIn(run, backup, restored, options);
  run.emit({ type: 'completed', action: 'swap', object: swapped.quarantine });
  run.emit({ type: 'completed', action: 'restore-beside', object: name });
  for (const warning of restored.warnings) options.onWarning(`Not as before: ${warning}`);
  if (restored.alsoReplaces.length > 0) {
    options.onWarning(
      `The whole cluster was put back, and with it the databases ${restored.alsoReplaces.join(', ')}; what was written to them since is in "${swapped.quarantine}".`,
    );
  }
  return {
    way: 'swap-back',
    verified: restored.warnings.length === 0,
    quarantine: swapped.quarantine,
    lockedMs: swapped.lockedMs,
    leftBehind: await countLeftBehind(run, backup, swapped, options),
  };
}

async function swapIn(
  run: Run,
  backup: Backup,
  restored: RestoredDatabase,
  { onWarning }: SwapBackOptions,
): Promise<Swapped> {
  const { target, id, emit } = run;
  try {
    await assertEqual(run, restored.connection, backup);
    return await restored.swapIn(quarantineName(target.connection.database, id), (object) =>
      emit({ type: 'intent', action: 'swap', object }),
    );
  } catch (error) {
    await restored.drop().then(
      () => emit({ type: 'completed', action: 'restore-beside', object: scratchName(id, RESTORED) }),
      (problem: unknown) => onWarning(`The restored copy was not dropped: ${explain(toFailure(problem))}`),
    );
    throw error;
  }
}

/** Same contents and, because it is the same server that writes the definitions, same schema to the letter. */
async function assertEqual(run: Run, connection: Connection, backup: Backup): Promise<void> {
  const { applicationName } = run;
  await assertRestored(connection, backup, { applicationName, onProgress: progressOf(run, 'rollback') });
  const schema = schemaHash(await withClient(connection, applicationName, readSchema));
  if (schema === backup.manifest.schemaHash) return;
  const problems = ['The restored schema is not the one that was backed up.'];
  throw new DeployError({ code: 'RESTORE_DIFFERS', backup: backup.id, problems });
}

/**
 * What only the quarantined database has; null when it cannot be counted. The target is back by now, so that what fails
 * here is no failure of the rollback.
 */
export async function countLeftBehind(
  { applicationName }: Run,
  { manifest }: Backup,
  { quarantine, withQuarantined }: Quarantined,
  { migrated, onWarning }: Pick<SwapBackOptions, 'migrated' | 'onWarning'>,
): Promise<Rollback['leftBehind']> {
  if (migrated === undefined) {
    onWarning(
      `The target was swapped back since that backup was made, so what was written since cannot be told from what was restored; it is all in "${quarantine}".`,
    );
    return null;
  }
  try {
    const written = await withQuarantined((connection) =>
      withClient(connection, applicationName, (client) => countRowsWrittenSince(client, manifest, migrated)),
    );
    return written
      .filter(({ table }) => table !== HISTORY)
      .map(({ table, insertedOrUpdated, updatedOrDeleted }) => ({
        table,
        written: insertedOrUpdated,
        updatedOrDeleted,
      }));
  } catch (error) {
    onWarning(
      `What was written since the backup was not counted; it is all in "${quarantine}": ${explain(toFailure(error))}`,
    );
    return null;
  }
}

import type { DeploymentReport } from '@apms/validators';
import type { Backup } from '../backup/backup.ts';
import { compareContents } from '../backup/compare.ts';
import { tableContents } from '../backup/content.ts';
import { restoreBackup } from '../backup/restore.ts';
import { countRowsWrittenSince } from '../backup/rows-written-since.ts';
import type { ClientTools } from '../client-tools.ts';
import type { Connection } from '../connection.ts';
import { DeployError } from '../failure.ts';
import { readHistory } from '../migrations/history.ts';
import { withClient } from '../postgres.ts';
import type { Run } from '../run-context.ts';
import { readSchema, schemaHash } from '../schema/read-schema.ts';
import { scratchName } from '../scratch.ts';

export type Rollback = NonNullable<DeploymentReport['rollback']>;

/** Its rows are written by migrations, never by the application. */
const HISTORY = 'public._prisma_migrations';

/** The quarantined database's name says what it was, and which run put it aside; at most 63 bytes, as PostgreSQL's names. */
export function quarantineName(database: string, runId: string): string {
  const suffix = `_failed_${runId.toLowerCase().replaceAll(/[^a-z0-9_]/g, '_')}`;
  let kept = database;
  while (Buffer.byteLength(kept + suffix) > 63) kept = [...kept].slice(0, -1).join('');
  return kept + suffix;
}

/**
 * Puts the target back to a backup: restores it beside the present database, verifies the copy against the manifest,
 * then swaps the two by renaming. The present database is kept under its quarantine name, and the rows that only it
 * has are counted.
 * @throws {BACKUP_DAMAGED, RESTORE_DIFFERS} before anything is swapped; what the swap itself throws.
 */
export async function swapBack(
  run: Run,
  backup: Backup,
  options: { tools: ClientTools | undefined; transactionIds: string[] },
): Promise<Rollback> {
  const { target, applicationName } = run;
  const name = scratchName(run.id, 'restored');
  run.emit({ type: 'intent', action: 'restore-beside', object: name });
  const restored = await restoreBackup(target, backup, {
    name,
    where: 'target',
    tools: options.tools,
    applicationName,
  });
  const quarantine = quarantineName(target.connection.database, run.id);
  let swapped: { quarantine: string; lockedMs: number };
  let leftBehind: Rollback['leftBehind'];
  try {
    await assertEqual(restored.connection, applicationName, backup);
    const written = await withClient(target.connection, applicationName, (client) =>
      countRowsWrittenSince(client, backup.manifest, options.transactionIds),
    );
    leftBehind = written
      .filter(({ table }) => table !== HISTORY)
      .map(({ table, insertedOrUpdated, deleted }) => ({ table, written: insertedOrUpdated, deleted }));
    run.emit({ type: 'intent', action: 'swap', object: quarantine });
    swapped = await restored.swapIn(quarantine);
  } catch (error) {
    await restored.drop().catch(() => undefined);
    throw error;
  }
  run.emit({ type: 'completed', action: 'swap', object: swapped.quarantine });
  await assertHistory(target.connection, applicationName, backup);
  return {
    way: 'swap-back',
    verified: true,
    quarantine: swapped.quarantine,
    lockedMs: swapped.lockedMs,
    leftBehind,
  };
}

async function assertEqual(connection: Connection, applicationName: string, backup: Backup): Promise<void> {
  const problems = await withClient(connection, applicationName, async (client) => {
    const differences = compareContents(backup.manifest.tables, await tableContents([client]));
    const schema = schemaHash(await readSchema(client));
    if (schema !== backup.manifest.schemaHash)
      differences.push('The restored schema is not the one that was backed up.');
    return differences;
  });
  if (problems.length > 0) throw new DeployError({ code: 'RESTORE_DIFFERS', backup: backup.id, problems });
}

/** The database that now bears the target's name has the history of the backup, no more and no less. */
async function assertHistory(connection: Connection, applicationName: string, backup: Backup): Promise<void> {
  const rows = (await withClient(connection, applicationName, readHistory)) ?? [];
  const now = rows.filter(({ finishedAt, rolledBackAt }) => finishedAt !== null && rolledBackAt === null);
  const expected = backup.manifest.migrations.map(({ name, checksum }) => `${name} ${checksum}`).toSorted();
  const actual = now.map(({ name, checksum }) => `${name} ${checksum}`).toSorted();
  if (JSON.stringify(expected) !== JSON.stringify(actual)) {
    throw new DeployError({
      code: 'VERIFICATION_FAILED',
      problems: ['The migration history is not that of the backup.'],
    });
  }
}

import type { Connection } from '../connection.ts';
import { DeployError } from '../failure.ts';
import { keepingRoles } from '../scratch.ts';
import type { Target } from '../target.ts';
import type { Backup, RestoreOptions } from './backup.ts';
import { backupError } from './backup-error.ts';
import { markVerified } from './catalogue.ts';
import { compareContents } from './compare.ts';
import { tableContents } from './content.ts';
import { restoreBackup } from './restore.ts';
import { withSessions } from './with-sessions.ts';

/**
 * Proves a backup: restores it into a scratch database, compares every table with the manifest, drops it again, and
 * notes the proof beside the manifest.
 * @throws {BACKUP_DAMAGED, RESTORE_DIFFERS} and what restoring throws.
 */
export async function verifyBackup(
  target: Target,
  backup: Backup,
  options: Omit<RestoreOptions, 'where'>,
): Promise<void> {
  // Its session also says that the copy is somebody's, as long as it is needed.
  await keepingRoles(target.rehearsal, options.applicationName, async () => {
    const restored = await restoreBackup(target, backup, { ...options, where: 'rehearsal' });
    try {
      await assertRestored(restored.connection, backup, options);
    } finally {
      await restored.drop();
    }
  });
  await markVerified(backup);
}

type ReadOptions = Pick<RestoreOptions, 'applicationName' | 'signal' | 'onProgress'>;

/** @throws {RESTORE_DIFFERS, CANCELLED} naming every table that is not as the manifest says. */
export async function assertRestored(
  connection: Connection,
  backup: Backup,
  options: ReadOptions,
): Promise<void> {
  const problems = compareContents(backup.manifest.tables, await readContents(connection, backup, options));
  if (problems.length > 0) throw new DeployError({ code: 'RESTORE_DIFFERS', backup: backup.id, problems });
}

async function readContents(
  connection: Connection,
  { manifest }: Backup,
  { applicationName, signal, onProgress }: ReadOptions,
) {
  try {
    return await withSessions(connection, applicationName, signal, (first, second) =>
      tableContents([first.client, second.client], onProgress),
    );
  } catch (error) {
    throw backupError(error, {
      during: 'the comparison with the manifest',
      target: manifest.target,
      user: connection.user,
      signal,
    });
  }
}

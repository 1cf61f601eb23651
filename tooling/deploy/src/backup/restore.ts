import { DeployError } from '../failure.ts';
import type { Target } from '../target.ts';
import type { Backup, RestoredDatabase, RestoreOptions } from './backup.ts';
import { backupError } from './backup-error.ts';
import { driverFor } from './drivers.ts';

/**
 * Makes a backup live again beside the target. Its files are checked before a database is created or a server started;
 * when restoring fails, what was made of it is removed.
 * @throws {BACKUP_DAMAGED, TOOL_FAILED, DISK_FULL, CONNECTION_LOST, CANCELLED}
 */
export async function restoreBackup(
  target: Target,
  backup: Backup,
  options: RestoreOptions,
): Promise<RestoredDatabase> {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(options.name))
    throw new Error(`"${options.name}" is no name for a restored database.`);
  const { driver } = backup.manifest;
  if (options.at !== undefined && driver !== 'pgbackrest') {
    throw new DeployError({
      code: 'USAGE_INVALID',
      problem: `The backup ${backup.id} was made by ${driver} and shows only its own moment, ${backup.manifest.createdAt}.`,
      next: 'Restore it without --at, or choose one that pgBackRest made.',
    });
  }
  try {
    return await driverFor(driver).restore(target, backup, options);
  } catch (error) {
    throw backupError(error, {
      during: 'restore',
      target: target.name,
      user: target.connection.user,
      signal: options.signal,
    });
  }
}

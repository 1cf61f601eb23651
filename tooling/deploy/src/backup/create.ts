import { explain } from '../explain.ts';
import { toFailure } from '../failure.ts';
import type { Target } from '../target.ts';
import type { Backup, CreateOptions } from './backup.ts';
import { backupError } from './backup-error.ts';
import { driverFor, driverNameOf } from './drivers.ts';
import type { Manifest } from './manifest.ts';
import { completeBackup, createBackupDirectory, markUnusable } from './store.ts';

/**
 * Makes a backup of the target as of one moment: files with their checksums, and a manifest of what is in them.
 * Clients go on working. A backup that fails leaves its directory marked as unusable, with the reason.
 * @throws {BACKUP_BLOCKED, PRIVILEGE_MISSING, TOOL_FAILED, DISK_FULL, CONNECTION_LOST, CANCELLED}
 */
export async function createBackup(target: Target, options: CreateOptions): Promise<Backup> {
  const { id, directory, deployment, commit } = options;
  const createdAt = new Date().toISOString();
  const startedAt = performance.now();
  await createBackupDirectory(directory);
  try {
    const driver = driverNameOf(target);
    const { contents, files, tools } = await driverFor(driver).create(target, options);
    const manifest: Manifest = {
      format: 1,
      id,
      target: target.name,
      driver,
      deployment,
      commit,
      createdAt,
      durationMs: Math.round(performance.now() - startedAt),
      tools,
      ...contents,
      files,
      sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    };
    await completeBackup(directory, manifest);
    return { id, directory, manifest };
  } catch (thrown) {
    const error = backupError(thrown, {
      during: 'backup',
      target: target.name,
      user: target.connection.user,
      signal: options.signal,
    });
    // A full disk may have no room even for the mark; a directory without a manifest is unusable anyway.
    await markUnusable(directory, explain(toFailure(error))).catch(() => undefined);
    throw error;
  }
}

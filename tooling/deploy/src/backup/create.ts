import { explain } from '../explain.ts';
import { toFailure } from '../failure.ts';
import type { Target } from '../target.ts';
import type { Backup, CreateOptions } from './backup.ts';
import { backupError } from './backup-error.ts';
import { beginBackup, completeBackup, homeOf, markUnusable } from './catalogue.ts';
import { driverFor, driverNameOf } from './drivers.ts';
import { packFile } from './pack-file.ts';

/**
 * Makes a backup of the target as of one moment: files with their checksums, and a manifest of what is in them.
 * Clients go on working. A backup that fails leaves the reason in its place.
 * @throws {BACKUP_BLOCKED, PRIVILEGE_MISSING, TOOL_FAILED, DISK_FULL, CONNECTION_LOST, STORE_LOST, CANCELLED}
 */
export async function createBackup(target: Target, options: CreateOptions): Promise<Backup> {
  const { id, deployment, commit } = options;
  const { store } = target;
  const backup = { target: target.name, id };
  const createdAt = new Date().toISOString();
  const startedAt = performance.now();
  const explained = (error: unknown) =>
    backupError(error, {
      during: 'backup',
      target: target.name,
      user: target.connection.user,
      signal: options.signal,
    });
  await beginBackup(store, backup).catch((error: unknown) => {
    throw explained(error);
  });
  try {
    const driver = driverNameOf(target);
    const { contents, files, tools } = await driverFor(driver).create(target, {
      ...options,
      writeFile: (name, content, packOptions) => packFile(store, homeOf(backup), name, content, packOptions),
    });
    return await completeBackup(store, {
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
    });
  } catch (thrown) {
    const error = explained(thrown);
    // A full disk may have no room even for the mark; a backup without a manifest is unusable anyway.
    await markUnusable(store, backup, explain(toFailure(error))).catch(() => undefined);
    throw error;
  }
}

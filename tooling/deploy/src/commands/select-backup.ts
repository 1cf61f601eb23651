import { join } from 'node:path';
import type { Backup } from '../backup/backup.ts';
import { findBackup, listBackups } from '../backup/store.ts';
import type { LoadedConfig } from '../config.ts';
import { DeployError } from '../failure.ts';

/** The backup of that id, or the newest usable one. @throws {BACKUP_NOT_FOUND, BACKUP_DAMAGED} */
export async function selectBackup(
  config: LoadedConfig,
  target: string,
  id: string | undefined,
): Promise<Backup> {
  if (id !== undefined) return findBackup(config, target, id);
  const newest = (await listBackups(config, target)).findLast(({ usable }) => usable);
  if (newest !== undefined) return findBackup(config, target, newest.id);
  throw new DeployError({
    code: 'BACKUP_NOT_FOUND',
    backup: 'newest',
    store: join(config.stateDirectory, target),
  });
}

import type { Backup } from '../backup/backup.ts';
import { findBackup, listBackups } from '../backup/catalogue.ts';
import { DeployError } from '../failure.ts';
import type { Target } from '../target.ts';

/** The backup of that id, or the newest usable one. @throws {BACKUP_NOT_FOUND, BACKUP_DAMAGED} */
export async function selectBackup({ store, name }: Target, id: string | undefined): Promise<Backup> {
  if (id !== undefined) return findBackup(store, name, id);
  const newest = (await listBackups(store, name)).findLast(({ usable }) => usable);
  if (newest !== undefined) return findBackup(store, name, newest.id);
  throw new DeployError({ code: 'BACKUP_NOT_FOUND', backup: 'newest', store: store.locate(name) });
}

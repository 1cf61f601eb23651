import { resolve } from 'node:path';
import type { TargetSettings } from '../../config.ts';
import type { LoadedConfig } from '../../load-config.ts';
import type { BackupStore } from './backup-store.ts';
import { directoryStore } from './directory-store.ts';

/** The store that the configuration names for a target's backups. Nothing is looked at yet. */
export async function openStore(
  { root, stateDirectory }: Pick<LoadedConfig, 'root' | 'stateDirectory'>,
  { store }: TargetSettings,
): Promise<BackupStore> {
  if (store.kind === 's3') {
    // Two hundred milliseconds that nobody else is to wait for.
    const { s3Store } = await import('./s3/s3-store.ts');
    return s3Store(store);
  }
  return directoryStore(store.path === undefined ? stateDirectory : resolve(root, store.path));
}

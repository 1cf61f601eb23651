import type { Target } from '../target.ts';
import { listBackups, removeBackup, type StoredBackup } from './catalogue.ts';
import { GRACE_MS, type Retainable, type Retention, retain } from './retention.ts';

export interface PruneOptions {
  /** Only says what would go. */
  dryRun: boolean;
  /** A backup that the target would be rolled back to, whatever the store says. */
  wayBack: string | undefined;
}

export interface Pruned {
  /** Newest first. */
  backups: Retention[];
  /** Names of what interrupted writes had left. */
  unfinished: string[];
}

/** Removes the backups that the target's retention no longer keeps. The caller holds the deployment lock. */
export async function pruneBackups(
  { name, store, settings }: Target,
  { dryRun, wayBack }: PruneOptions,
): Promise<Pruned> {
  const now = new Date();
  const stored = await listBackups(store, name);
  const backups = retain(stored.map(retainable), settings.retention, { now, wayBack });
  if (dryRun) return { backups, unfinished: [] };
  for (const { id, reasons } of backups)
    if (reasons.length === 0) await removeBackup(store, { target: name, id });
  const unfinished = await store.removeUnfinished(`${name}/`, new Date(now.getTime() - GRACE_MS));
  return { backups, unfinished };
}

function retainable(backup: StoredBackup): Retainable {
  const { id } = backup;
  if (!backup.usable) return { id, at: backup.at, usable: false };
  const { createdAt: at, deployment } = backup.manifest;
  return { id, at, usable: true, deployment, outcome: backup.outcome?.outcome ?? null };
}

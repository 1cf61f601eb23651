import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { LoadedConfig } from '../config.ts';
import { DeployError } from '../failure.ts';
import { messageOf } from '../postgres.ts';
import type { Backup } from './backup.ts';
import { Manifest } from './manifest.ts';
import { syncDirectory, writeDurably } from './write-durably.ts';

const MANIFEST = 'manifest.json';
const UNUSABLE = 'unusable.json';
const VERIFIED = 'verified.json';

const Unusable = z.object({ at: z.string(), reason: z.string() });
const Verified = z.object({ at: z.iso.datetime() });

/** A backup in the store, with what is known of it; only a usable one has a manifest that can be relied on. */
export type StoredBackup =
  | { id: string; directory: string; usable: true; manifest: Manifest; verifiedAt: string | null }
  | { id: string; directory: string; usable: false; reason: string };

type Store = Pick<LoadedConfig, 'stateDirectory'>;

/** Where the backup of a deployment lies. */
export function backupDirectory({ stateDirectory }: Store, target: string, id: string): string {
  return join(stateDirectory, target, id, 'backup');
}

/** The backups of a target, usable or not, oldest first. */
export async function listBackups(store: Store, target: string): Promise<StoredBackup[]> {
  const entries = await readdir(join(store.stateDirectory, target), { withFileTypes: true }).catch(() => []);
  const stored: StoredBackup[] = [];
  for (const { name: id } of entries.filter((entry) => entry.isDirectory())) {
    const directory = backupDirectory(store, target, id);
    const files = await readdir(directory).catch(() => undefined);
    if (files !== undefined) stored.push(await readStored(id, directory, files));
  }
  const age = (backup: StoredBackup) => (backup.usable ? backup.manifest.createdAt : '');
  return stored.toSorted((a, b) => age(a).localeCompare(age(b)) || a.id.localeCompare(b.id));
}

/**
 * A usable backup of a target.
 * @throws {BACKUP_NOT_FOUND, BACKUP_DAMAGED} with the reason when it is unusable.
 */
export async function findBackup(store: Store, target: string, id: string): Promise<Backup> {
  const found = (await listBackups(store, target)).find((backup) => backup.id === id);
  if (found === undefined)
    throw new DeployError({
      code: 'BACKUP_NOT_FOUND',
      backup: id,
      store: join(store.stateDirectory, target),
    });
  if (!found.usable) throw new DeployError({ code: 'BACKUP_DAMAGED', backup: id, problems: [found.reason] });
  return { id, directory: found.directory, manifest: found.manifest };
}

async function readStored(id: string, directory: string, files: string[]): Promise<StoredBackup> {
  const unusable = (reason: string) => ({ id, directory, usable: false as const, reason });
  if (files.includes(UNUSABLE)) {
    const mark = await readJson(directory, UNUSABLE, Unusable).catch(() => undefined);
    return unusable(mark?.reason ?? 'It failed.');
  }
  if (!files.includes(MANIFEST)) return unusable('It was interrupted before it was complete.');
  try {
    const manifest = await readJson(directory, MANIFEST, Manifest);
    const verified = files.includes(VERIFIED) ? await readJson(directory, VERIFIED, Verified) : undefined;
    return { id, directory, usable: true, manifest, verifiedAt: verified?.at ?? null };
  } catch (error) {
    return unusable(`Its manifest cannot be read: ${messageOf(error)}`);
  }
}

async function readJson<T>(directory: string, file: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(JSON.parse(await readFile(join(directory, file), 'utf8')));
}

/** Makes a new backup's directory, which only its owner can read. An existing one, which may hold a backup, is refused. */
export async function createBackupDirectory(directory: string): Promise<void> {
  await mkdir(dirname(directory), { recursive: true });
  await mkdir(directory, { mode: 0o700 });
}

/** The last act of a backup: from now on it is usable. */
export async function completeBackup(directory: string, manifest: Manifest): Promise<void> {
  await syncDirectory(directory);
  await writeDurably(join(directory, MANIFEST), JSON.stringify(manifest, undefined, 2));
}

/** Gives the space of a failed backup free again and leaves the reason in its place. */
export async function markUnusable(directory: string, reason: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await createBackupDirectory(directory);
  await writeDurably(join(directory, UNUSABLE), JSON.stringify({ at: new Date().toISOString(), reason }));
}

/** Notes that the backup has been restored and was equal to its manifest. */
export async function markVerified({ directory }: Backup): Promise<void> {
  await writeDurably(join(directory, VERIFIED), JSON.stringify({ at: new Date().toISOString() }));
}

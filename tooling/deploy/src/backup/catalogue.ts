import { z } from 'zod';
import { DeployError } from '../failure.ts';
import { messageOf } from '../postgres.ts';
import type { Backup } from './backup.ts';
import { homeOf } from './home-of.ts';
import { Manifest, SealedManifest } from './manifest.ts';
import { openBackup } from './open-backup.ts';
import { BackupOutcome } from './outcome.ts';
import type { BackupStore, StoredFile } from './store/backup-store.ts';

const BEGUN = 'begun.json';
const MANIFEST = 'manifest.json';
const UNUSABLE = 'unusable.json';
const VERIFIED = 'verified.json';
const OUTCOME = 'outcome.json';
const RESTORED = 'restored.json';

const Unusable = z.object({ at: z.string(), reason: z.string() });
const At = z.object({ at: z.iso.datetime() });

/** A backup in the store, with what is known of it; only a usable one has a manifest that can be relied on. */
export type StoredBackup =
  | {
      id: string;
      location: string;
      usable: true;
      manifest: Manifest | SealedManifest;
      verifiedAt: string | null;
      /** How its deployment ended; null while it goes on, or when it was killed. */
      outcome: BackupOutcome | null;
      /** When a target was last rolled back to it. */
      restoredAt: string | null;
    }
  /** `at` is when something was last written to it. */
  | { id: string; location: string; usable: false; at: string; reason: string };

/** Where a backup lies, for people. */
export function locationOf(store: BackupStore, backup: { target: string; id: string }): string {
  return store.locate(homeOf(backup).slice(0, -1));
}

/** How many small files are read at once. */
const AT_ONCE = 8;

/** The backups of a target, usable or not, oldest first. */
export async function listBackups(store: BackupStore, target: string): Promise<StoredBackup[]> {
  const files = new Map<string, StoredFile[]>();
  for (const file of await store.list(`${target}/`)) {
    const [, id, home] = file.name.split('/');
    if (id !== undefined && home === 'backup') files.set(id, [...(files.get(id) ?? []), file]);
  }
  const queue = [...files];
  const stored: StoredBackup[] = [];
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      stored.push(await readStored(store, { target, id: next[0] }, next[1]));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const age = (backup: StoredBackup) => (backup.usable ? backup.manifest.createdAt : '');
  return stored.toSorted((a, b) => age(a).localeCompare(age(b)) || a.id.localeCompare(b.id));
}

/**
 * A usable backup of a target; an encrypted one is opened.
 * @throws {BACKUP_NOT_FOUND, IDENTITY_UNUSABLE}; {BACKUP_DAMAGED} with the reason when it is unusable.
 */
export async function findBackup(store: BackupStore, target: string, id: string): Promise<Backup> {
  const found = (await listBackups(store, target)).find((backup) => backup.id === id);
  if (found === undefined)
    throw new DeployError({ code: 'BACKUP_NOT_FOUND', backup: id, store: store.locate(target) });
  if (!found.usable) throw new DeployError({ code: 'BACKUP_DAMAGED', backup: id, problems: [found.reason] });
  const { location, manifest } = found;
  if ('tables' in manifest) return { id, store, location, manifest, decrypt: undefined };
  return openBackup({ id, store, location, manifest });
}

async function readStored(
  store: BackupStore,
  backup: { target: string; id: string },
  files: readonly StoredFile[],
): Promise<StoredBackup> {
  const { id } = backup;
  const location = locationOf(store, backup);
  const at = new Date(Math.max(...files.map(({ modifiedAt }) => modifiedAt.getTime()))).toISOString();
  const unusable = (reason: string) => ({ id, location, usable: false as const, at, reason });
  const has = (file: string) => files.some(({ name }) => name === `${homeOf(backup)}${file}`);
  const read = <T>(file: string, schema: z.ZodType<T>) => readJson(store, `${homeOf(backup)}${file}`, schema);
  const readIfThere = async <T>(file: string, schema: z.ZodType<T>) =>
    has(file) ? read(file, schema) : null;
  if (has(UNUSABLE)) {
    const mark = await read(UNUSABLE, Unusable).catch(ifNotOurs(undefined));
    return unusable(mark?.reason ?? 'It failed.');
  }
  if (!has(MANIFEST)) return unusable('It was interrupted before it was complete.');
  try {
    const sealed = await read(MANIFEST, SealedManifest);
    const manifest = sealed.encryptedTo === null ? await read(MANIFEST, Manifest) : sealed;
    const verified = await readIfThere(VERIFIED, At);
    const restored = await readIfThere(RESTORED, At);
    return {
      id,
      location,
      usable: true,
      manifest,
      verifiedAt: verified?.at ?? null,
      outcome: await readIfThere(OUTCOME, BackupOutcome),
      restoredAt: restored?.at ?? null,
    };
  } catch (error) {
    return unusable(ifNotOurs(`Its manifest cannot be read: ${messageOf(error)}`)(error));
  }
}

/** For a `catch`: a store that cannot be read says nothing of the backups in it. */
function ifNotOurs<T>(otherwise: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof DeployError) throw error;
    return otherwise;
  };
}

const now = () => JSON.stringify({ at: new Date().toISOString() });

async function readJson<T>(store: BackupStore, name: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(JSON.parse((await store.readText(name))?.text ?? ''));
}

/** Puts a name into the store under which a backup is about to be made; refused when there is one already. */
export async function beginBackup(store: BackupStore, backup: { target: string; id: string }): Promise<void> {
  if ((await store.list(homeOf(backup))).length > 0)
    throw new Error(`${locationOf(store, backup)} holds a backup already.`);
  await store.writeText(`${homeOf(backup)}${BEGUN}`, now());
}

/** The last act of a backup: from now on it is usable. */
export async function completeBackup(store: BackupStore, manifest: Manifest | SealedManifest): Promise<void> {
  await store.writeText(`${homeOf(manifest)}${MANIFEST}`, JSON.stringify(manifest, undefined, 2));
}

/** Gives the space of a failed backup free again and leaves the reason in its place. */
export async function markUnusable(
  store: BackupStore,
  backup: { target: string; id: string },
  reason: string,
): Promise<void> {
  await store.remove(homeOf(backup));
  const mark = JSON.stringify({ at: new Date().toISOString(), reason });
  await store.writeText(`${homeOf(backup)}${UNUSABLE}`, mark);
}

/** Notes that the backup has been restored and was equal to its manifest. */
export async function markVerified({ store, manifest }: Backup): Promise<void> {
  await store.writeText(`${homeOf(manifest)}${VERIFIED}`, now());
}

/** Notes that a target was rolled back to the backup: what it writes from now on is not told by older snapshots. */
export async function markRestored({ store, manifest }: Backup): Promise<void> {
  await store.writeText(`${homeOf(manifest)}${RESTORED}`, now());
}

/** Notes how the deployment that made the backup ended. */
export async function markOutcome({ store, manifest }: Backup, outcome: BackupOutcome): Promise<void> {
  await store.writeText(`${homeOf(manifest)}${OUTCOME}`, JSON.stringify(outcome));
}

/** Takes a backup out of the store. */
export async function removeBackup(
  store: BackupStore,
  backup: { target: string; id: string },
): Promise<void> {
  // First of all what makes it usable.
  await store.remove(`${homeOf(backup)}${MANIFEST}`);
  await store.remove(homeOf(backup));
}

/** Marks the backup of a killed process, unless it was complete by then or there is none. */
export async function markInterrupted(
  store: BackupStore,
  backup: { target: string; id: string },
): Promise<void> {
  const home = homeOf(backup);
  const names = (await store.list(home)).map(({ name }) => name);
  if (names.length === 0 || names.includes(home + MANIFEST) || names.includes(home + UNUSABLE)) return;
  await markUnusable(store, backup, 'Its process ended before it was complete.');
  await store.removeUnfinished(home, new Date());
}

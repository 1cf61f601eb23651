import type { Readable } from 'node:stream';
import type { ClientTools } from '../client-tools.ts';
import type { Connection } from '../connection.ts';
import type { OnProgress } from '../progress.ts';
import type { Target } from '../target.ts';
import type { Decrypt } from './encryption.ts';
import type { BackupFile, Manifest, ManifestContents, SealedManifest } from './manifest.ts';
import type { PackOptions } from './pack-file.ts';
import type { BackupStore } from './store/backup-store.ts';

/** A usable backup of which only so much is known as everybody may read. */
export interface SealedBackup {
  readonly id: string;
  readonly store: BackupStore;
  /** Where it lies, for people: a directory or an `s3://` address. */
  readonly location: string;
  readonly manifest: SealedManifest;
  /** The way back from what is stored, for an encrypted one. */
  readonly decrypt: Decrypt | undefined;
}

/** A usable backup: the store has its manifest and, unless it was damaged since, everything that the manifest lists. */
export interface Backup extends SealedBackup {
  readonly manifest: Manifest;
}

/** What creating a backup takes. */
export interface CreateOptions {
  /** Must not be in the store yet. */
  id: string;
  deployment: string | null;
  commit: string | null;
  /** None for an embedded target, which is copied file by file. */
  tools: ClientTools | undefined;
  applicationName: string;
  onProgress?: OnProgress;
  signal?: AbortSignal;
}

/** What a driver creates a backup with: all that it stores goes through `writeFile`. */
export interface DriverOptions extends CreateOptions {
  /**
   * Packs and, where that is configured, encrypts a stream into a file of the backup; {@link unpackFile} brings it back by the same name.
   */
  writeFile(name: string, content: Readable, options: PackOptions): Promise<BackupFile>;
}

/** What restoring a backup takes. */
export interface RestoreOptions {
  /** Name of the new database (or data directory): lower-case letters, digits and underscores. */
  name: string;
  /** `rehearsal`: a copy to try things on. `target`: durable, analysed, and in all its properties like the original. */
  where: 'rehearsal' | 'target';
  /** A later moment to restore to instead of the backup's own: ISO 8601 with its zone; only pgBackRest's can. */
  at?: string | undefined;
  tools: ClientTools | undefined;
  applicationName: string;
  /** Directory of the run, for what must lie on this disk meanwhile: `unpacked-…` in it, removed again. */
  spool: string;
  onProgress?: OnProgress;
  signal?: AbortSignal;
}

/** A backup that lives again, beside the target or on the rehearsal server. */
export interface RestoredDatabase {
  readonly connection: Connection;
  /** What could not be made like the original without more privileges, each as a sentence. */
  readonly warnings: string[];
  /** What else its swap takes back: the other databases of a cluster that is restored as a whole. */
  readonly alsoReplaces: readonly string[];
  /**
   * Makes it the target; the present target is kept under the quarantine name, or one like it that is free, which `begin`
   * is told before anything is touched. On failure everything is as before.
   */
  swapIn(quarantine: string, begin: (quarantine: string) => void): Promise<Swapped>;
  /** Leaves it there for people, whatever this process does next; says where, as a clause. */
  keep(): Promise<string>;
  /** Removes it; does nothing once it has been swapped in. */
  drop(): Promise<void>;
}

/** A target that was put aside, and under which name. */
export interface Quarantined {
  quarantine: string;
  /** Lends the database that was put aside, to which nobody writes any more. */
  withQuarantined<T>(use: (connection: Connection) => Promise<T>): Promise<T>;
}

/** The end of a swap that this process has done. */
export interface Swapped extends Quarantined {
  /** How long nobody could connect. */
  lockedMs: number;
}

/** What a driver knows once its files are written; the manifest is made of it. */
export interface Copy {
  contents: ManifestContents;
  files: BackupFile[];
  tools: Record<string, string>;
}

/** Names of a swap whose end nobody saw. */
export interface UnsettledSwap {
  /** What the restored copy was called. */
  restored: string;
  quarantine: string;
}

/**
 * One way of making and restoring backups. What it stores elsewhere than through `writeFile`, it must find again by the
 * manifest alone: another machine may be the one that restores.
 */
export interface BackupDriver {
  create(target: Target, options: DriverOptions): Promise<Copy>;
  restore(target: Target, backup: Backup, options: RestoreOptions): Promise<RestoredDatabase>;
  /**
   * Finds out whether a swap came to pass whose process was killed, and lets clients in again if it did not:
   * undefined then, and its restored copy is left for {@link discard}.
   */
  settleSwap(target: Target, swap: UnsettledSwap, applicationName: string): Promise<Quarantined | undefined>;
  /** The restored copies that are there, running or half made, by the name that they were restored under. */
  listCopies(target: Target, applicationName: string): Promise<string[]>;
  /** Removes such a copy. */
  discard(target: Target, name: string, applicationName: string): Promise<void>;
}
